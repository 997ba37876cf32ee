#include <cmath>
#include <sstream>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

TEST(LabQuadratic, PrintsTheTextsNumbers) {
  const Json json = ravine_json(words("lab quadratic --eigenvalues 1,10,100"));
  EXPECT_EQ(json["command"], "lab quadratic");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_EQ(json["condition_number"], 100);
  EXPECT_NEAR(json["gd"]["optimal_lr"], 2.0 / 101, 1e-16);
  EXPECT_NEAR(json["gd"]["optimal_rate"], 99.0 / 101, 1e-15);
  EXPECT_NEAR(json["momentum"]["optimal_lr"], 4.0 / 121, 1e-16);
  EXPECT_NEAR(json["momentum"]["optimal_momentum"], 81.0 / 121, 1e-15);
  EXPECT_NEAR(json["momentum"]["optimal_rate"], 9.0 / 11, 1e-15);
  const Json& run = json["run"];
  EXPECT_EQ(run["lr"], json["momentum"]["optimal_lr"]);
  EXPECT_EQ(run["momentum"], json["momentum"]["optimal_momentum"]);
  EXPECT_LT(run["max_closed_form_error"], 1e-9);
  EXPECT_EQ(run["steps"], 100);
  EXPECT_EQ(json["components"].size(), 3U);
}

TEST(LabQuadratic, ALearningRateAloneIsPlainDescent) {
  const Json json =
      ravine_json(words("lab quadratic --eigenvalues 2,4 --lr 0.125 --start=1,-2 --steps 3"));
  EXPECT_EQ(json["run"]["momentum"], 0);
  EXPECT_NEAR(json["run"]["predicted_rate"], 0.75, 1e-15);
  EXPECT_NEAR(json["run"]["measured_rate"], 0.75, 1e-12);
  // Factors 3/4 and 1/2 a step; shares l x^2 / 2 are 1 and 8 at the start.
  const Json& components = json["components"];
  for (int k = 0; k <= 3; ++k) {
    EXPECT_NEAR(components[0]["share"][k], std::pow(0.75, 2 * k), 1e-15);
    EXPECT_NEAR(components[1]["measured_share"][k], 8 * std::pow(0.5, 2 * k), 1e-15);
  }
}

TEST(LabQuadratic, ReadsAMatrixAndALinearTerm) {
  const Folder folder;
  const std::string file = folder.write("a.csv", "2,1\n1,2\n").string();
  const Json json = ravine_json(words("lab quadratic --b=3,3 --steps 200 --matrix", {file}));
  EXPECT_NEAR(json["condition_number"], 3, 1e-14);
  EXPECT_NEAR(json["minimum"][0], 1, 1e-14);
  EXPECT_NEAR(json["run"]["predicted_rate"], (std::sqrt(3.0) - 1) / (std::sqrt(3.0) + 1), 1e-7);
  EXPECT_LT(json["run"]["max_closed_form_error"], 1e-9);
  // From (1, 1), which is the minimum, nothing moves.
  EXPECT_TRUE(json["run"]["measured_rate"].is_null());
}

TEST(LabQuadratic, DivergenceIsNoFailure) {
  const Json json = ravine_json(words("lab quadratic --lr 0.5 --steps 500"));
  EXPECT_NEAR(json["run"]["measured_rate"], 49, 1e-9);
  EXPECT_TRUE(json["run"]["diverged"]);
  EXPECT_LT(json["run"]["steps"], 500);
  EXPECT_EQ(json["components"][2]["share"].size(), 501U);
  EXPECT_TRUE(json["components"][2]["share"][500].is_null());
  EXPECT_THAT(unbroken(ravine(words("lab quadratic --lr 0.5 --steps 500")).out),
              AllOf(HasSubstr("predicted not to converge"), HasSubstr("no longer finite")));
}

TEST(LabQuadratic, SaysWhyNothingIsMeasured) {
  const auto out = [](const std::string& options) {
    return unbroken(ravine(words("lab quadratic " + options)).out);
  };
  EXPECT_THAT(out("--steps 2"), HasSubstr("2 steps are too few to measure it (3 or more"));
  EXPECT_THAT(out("--lr 1e140"), AllOf(HasSubstr("1 step is too few to measure it"),
                                       HasSubstr("no longer finite after step 1")));
  EXPECT_THAT(out("--start 0,0,0"), HasSubstr("it starts at the minimum"));
}

TEST(LabQuadratic, HasItsWordsAtTheEdges) {
  const auto out = [](const std::string& options) {
    return unbroken(ravine(words("lab quadratic " + options)).out);
  };
  EXPECT_THAT(out("--eigenvalues 5"),
              AllOf(HasSubstr("gradient descent is done in one step, and needs no momentum"),
                    HasSubstr("predicted to be done in one step"), HasSubstr("has the rate 0."),
                    Not(HasSubstr("by the factor"))));
  EXPECT_THAT(out("--eigenvalues 1,10 --lr 0.2"),
              AllOf(HasSubstr("neither shrinks nor grows;"), Not(HasSubstr("e+1"))));
  EXPECT_THAT(out("--eigenvalues 1,10 --lr 0.3"),
              HasSubstr("its worst component grows by the factor 2 a step"));
  EXPECT_THAT(out("--start 0,0,0"),
              AllOf(HasSubstr("the run are the same at every step"), HasSubstr("–")));
  // Both have the rate of the momentum's root, but for rounding.
  EXPECT_THAT(out("--eigenvalues 1,10 --start 0,1"), Not(HasSubstr("was not seen")));
  EXPECT_THAT(out("--eigenvalues 1,10 --lr 0.18 --start 0,1"),
              HasSubstr("The slowest component starts at 0 and was not seen."));
}

/// The fast component's share, 5 (1 - 0.09 * 10)^2k, is there in both; turned by 45 degrees it
/// is lost in the rounding of the slow one's position.
TEST(LabQuadratic, MarksRoundingInTheTable) {
  const Folder folder;
  const auto row_of = [](const Process& process, const std::string& eigenvalue) {
    const std::size_t begin = process.out.find('\n' + eigenvalue + ' ') + 1;
    return unbroken(process.out.substr(begin, process.out.find('\n', begin) - begin));
  };
  const Process along = ravine(words("lab quadratic --eigenvalues 1,10 --lr 0.09"));
  EXPECT_THAT(row_of(along, "        10"), HasSubstr("5e-200"));
  EXPECT_THAT(along.out, Not(HasSubstr("rounding")));
  const std::string turned = folder.write("a.csv", "5.5,4.5\n4.5,5.5\n").string();
  const Process across = ravine(words("lab quadratic --lr 0.09 --start=1,-0.5 --matrix", {turned}));
  EXPECT_THAT(across.out, HasSubstr("rounding\n"));
  EXPECT_THAT(unbroken(across.out),
              HasSubstr("a component that is smaller is \"rounding\" in the table."));
}

TEST(LabQuadratic, ReportsInWordsAndTables) {
  const Process process = ravine(words("lab quadratic"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(unbroken(process.out),
              AllOf(HasSubstr("best momentum"), HasSubstr("10 times fewer steps"),
                    HasSubstr("rate, predicted rate, run error at the start at the end, predicted "
                              "at the end, run"),
                    HasSubstr("the recurrence that fits its positions best over 100 steps has the "
                              "rate 0.8182"),
                    HasSubstr("By eigenspace, closed form and run, 100 steps")));
}

TEST(LabQuadratic, PrintsStepsAsCsv) {
  const Process process =
      ravine(words("lab quadratic --eigenvalues 2,4 --lr 0.125 --steps 1 --csv"));
  EXPECT_EQ(process.out,
            "step,error,closed_form_error,share_1,closed_form_share_1,share_2,closed_form_share_2\n"
            "0,3,3,1,1,2,2\n"
            "1,1.0625,1.0625,0.5625,0.5625,0.5,0.5\n");
}

TEST(LabQuadratic, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit =
      test::quiet_visit(page_of("lab quadratic --eigenvalues 1,20 --start=8,3 --steps 40"));
  const auto shares = test::figure_of(visit.dom, "The error by eigenspace");
  const auto steps = Contains(HasSubstr(", step ")).Times(82);  // 41 of two eigenvalues
  EXPECT_THAT(test::labels_of(shares, "line"), steps);
  EXPECT_THAT(test::labels_of(shares, "dashed"),
              AllOf(steps, Contains(StartsWith("λ = 20, step 0, share of the error 90"))));
  const auto rates = test::figure_of(visit.dom, "The rate over the learning rate");
  EXPECT_THAT(test::labels_of(rates, "points"),
              Contains(StartsWith("gradient descent, learning rate 0.09524, rate 0.9048")));
  const auto path = test::figure_of(visit.dom, "The path");
  EXPECT_THAT(test::labels_of(path, "path"),
              AllOf(SizeIs(82), Contains(HasSubstr("this run, point 0, w1 8, w2 3"))));
  EXPECT_THAT(test::labels_of(path, "points"), SizeIs(1));
}

TEST(LabQuadratic, ItsPageSaysWhatIsDrawn) {
  const auto page_with = [](const std::string& options) {
    return page_of("lab quadratic --eigenvalues 1,10 " + options);
  };
  EXPECT_THAT(page_with(""), AllOf(HasSubstr("and the run with the rate that its positions have"),
                                   HasSubstr("and gradient descent at its best learning rate")));
  EXPECT_THAT(page_with(""), Not(HasSubstr("sixty powers of ten")));
  EXPECT_THAT(page_with("--lr 0.09"), HasSubstr("sixty powers of ten"));
  EXPECT_THAT(page_with("--lr 0.3"),
              AllOf(HasSubstr("out of sight: at learning rate 0.3 its positions have the rate 2."),
                    Not(HasSubstr("and the run with the rate")),
                    Not(HasSubstr("and gradient descent at its best learning rate"))));
}

TEST(LabQuadratic, ItsPageIsDrawnOfExtremesToo) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  // Down to the smallest numbers, up to the largest, and nowhere at all.
  for (const std::string options :
       {"--eigenvalues 5", "--eigenvalues 1,4 --lr 3 --steps 500", "--eigenvalues 1,4 --start 0,0"})
    EXPECT_THAT(test::visit(page_of("lab quadratic " + options)).console, IsEmpty()) << options;
}

TEST(LabQuadratic, RefusesWhatIsNoProblem) {
  const auto with = [](const std::string& options) { return words("lab quadratic " + options); };
  EXPECT_TRUE(
      refused(with("--eigenvalues 1,0"), {"eigenvalues: number 2 is 0", "finite and above 0"}));
  EXPECT_TRUE(refused(with("--eigenvalues=-1,2"), {"number 1 is -1"}));
  EXPECT_TRUE(refused(with("--eigenvalues 1,inf"), {"number 2 is inf"}));
  EXPECT_TRUE(refused(with("--eigenvalues 1,x"), {"--eigenvalues", "'x' is not a number"}));
  EXPECT_TRUE(refused(with("--momentum 1"), {"momentum must be in [0, 1), 1 was given"}));
  EXPECT_TRUE(refused(with("--lr=-1"), {"lr must be in [0, inf), -1 was given"}));
  EXPECT_TRUE(refused(with("--momentum nan"), {"momentum must be in [0, 1), nan was given"}));
  EXPECT_TRUE(refused(with("--lr 1e308"), {"lr: 1e+308 times the largest eigenvalue, 100"}));
  EXPECT_TRUE(refused(with("--b=1e308,1,1"), {"b: the function's value at its minimum is -inf"}));
  EXPECT_TRUE(refused(with("--eigenvalues=1e-320"), {"eigenvalues: number 1 is 9.9998"}));
  EXPECT_TRUE(refused(with("--eigenvalues=1e308"), {"eigenvalues: number 1 is 1e+308"}));
  EXPECT_TRUE(refused(with("--eigenvalues=1,1e-50"), {"the condition number is 1e+50"}));
  EXPECT_TRUE(refused(with("--start 1,2"), {"start: 2 numbers for 3 components (give 3)"}));
  EXPECT_TRUE(refused(with("--start 1,2,nan"), {"start: number 3 is nan"}));
  EXPECT_TRUE(refused(with("--b 1"), {"b: 1 number for 3 components (give 3)"}));
  EXPECT_TRUE(refused(with("--steps 0"), {"--steps", "at least 1"}));
  EXPECT_TRUE(refused(with("--steps 99999999999"), {"steps", "too many"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(with("--report /nowhere/a.html"), {"/nowhere"}));
}

TEST(LabQuadratic, RefusesWhatIsNoMatrix) {
  const Folder folder;
  const auto refusal = [&](std::string_view content, const Words& parts) {
    const std::string file = folder.write("a.csv", content).string();
    return refused(words("lab quadratic --matrix", {file}), parts);
  };
  EXPECT_TRUE(refusal("4,1\n2,3\n", {"a.csv: is not symmetric: row 1, column 2 is 1, but row 2, "
                                     "column 1 is 2"}));
  EXPECT_TRUE(
      refusal("1,2\n2,1\n", {"a.csv: is not positive definite: its smallest eigenvalue is -1"}));
  EXPECT_TRUE(refusal("1,2,3\n2,1,4\n", {"a.csv: 2 rows of 3 numbers are no square matrix"}));
  EXPECT_TRUE(refusal("1,2\n2,one\n", {"a.csv:2: column 2: 'one' is not a number"}));
  EXPECT_TRUE(refusal("1e308,0\n0,1e308\n", {"a.csv: the largest element in size is 1e+308"}));
  EXPECT_TRUE(refusal("", {"a.csv"}));
  EXPECT_TRUE(refused(words("lab quadratic --matrix /nowhere/a.csv"), {"/nowhere/a.csv"}));
  const std::string file = folder.write("a.csv", "2\n").string();
  EXPECT_TRUE(refused(words("lab quadratic --eigenvalues 1 --matrix", {file}),
                      {"--eigenvalues and --matrix exclude each other (give one)"}));
}

}  // namespace
}  // namespace ravine::apps
