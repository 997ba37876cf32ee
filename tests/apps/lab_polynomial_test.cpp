#include <algorithm>
#include <cmath>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

TEST(LabPolynomial, PrintsEigenfeaturesAndEarlyStopping) {
  const Json json = ravine_json(words("lab polynomial --degree 4 --steps 500 --seed 3"));
  EXPECT_EQ(json["command"], "lab polynomial");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_EQ(json["degree"], 4);
  EXPECT_EQ(json["data"]["points"], 30);
  EXPECT_LT(json["max_closed_form_error"], 1e-9);
  ASSERT_EQ(json["components"].size(), 5U);
  const double largest = json["components"][0]["eigenvalue"];
  EXPECT_NEAR(json["lr"], 1 / largest, 1e-15);
  EXPECT_NEAR(json["condition_number"], largest / json["components"][4]["eigenvalue"].get<double>(),
              1e-9);
  // The trace of Z'Z: the sums of x^0, x^2, ..., x^8 over the points.
  double trace = 0, expected = 0;
  for (const Json& component : json["components"]) {
    trace += component["eigenvalue"].get<double>();
    EXPECT_EQ(component["share"].size(), json["points"].size());
  }
  for (int i = 0; i < 30; ++i)
    for (int power = 0; power <= 8; power += 2) expected += std::pow(-1 + 2.0 * i / 29, power);
  EXPECT_NEAR(trace, expected, 1e-11);
  const Json& stops = json["early_stopping"];
  ASSERT_EQ(stops.size(), 3U);
  EXPECT_EQ(stops[2]["step"], 500);
  EXPECT_NEAR(stops[2]["eta"], largest / 500, 1e-12);
  EXPECT_NE(ravine_json(words("lab polynomial --degree 4 --steps 500"))["least_squares"],
            json["least_squares"]);
}

TEST(LabPolynomial, ReadsAFile) {
  // y = 3 - 2u + u^2 of u = (x - 15) / 5, which is what x is moved to.
  const Folder folder;
  std::string table = "time,height\n";
  for (int x = 10; x <= 20; ++x) {
    const double u = (x - 15) / 5.0;
    table += std::to_string(x) + "," + std::to_string(3 - 2 * u + u * u) + "\n";
  }
  const std::string file = folder.write("curve.csv", table).string();
  const Json json = ravine_json(words("lab polynomial --degree 2 --data", {file}));
  EXPECT_EQ(json["data"]["x"], "time");
  EXPECT_EQ(json["data"]["y"], "height");
  EXPECT_EQ(json["data"]["x_range"], Json({10, 20}));
  const Json& w = json["least_squares"]["coefficients"];
  EXPECT_NEAR(w[0], 3, 1e-6);
  EXPECT_NEAR(w[1], -2, 1e-6);
  EXPECT_NEAR(w[2], 1, 1e-6);
  const Json turned = ravine_json(words("lab polynomial --degree 1 --target time --data", {file}));
  EXPECT_EQ(turned["data"]["y"], "time");
}

TEST(LabPolynomial, SaysWhatItFound) {
  const Process process = ravine(words("lab polynomial"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(unbroken(process.out),
              AllOf(HasSubstr("steps to all but 1/e"), HasSubstr("kept at 10,000"),
                    HasSubstr("To stop after k steps is to regularise")));
}

TEST(LabPolynomial, SaysWhatItLearnsWhen) {
  // 1/e is left of 1 - 1/8611 after 8611 steps.
  EXPECT_THAT(
      unbroken(ravine(words("lab polynomial")).out),
      AllOf(HasSubstr("The powers of x are so alike"), HasSubstr("At the learning rate 1 / "),
            HasSubstr("in one step and all but 1/e of the last in 8,611 steps."),
            Not(HasSubstr("0.204"))));
  EXPECT_THAT(unbroken(ravine(words("lab polynomial --degree 1")).out), Not(HasSubstr("alike")));
}

TEST(LabPolynomial, SaysWhereTheSpectrumItselfIsNotExact) {
  EXPECT_THAT(unbroken(ravine(words("lab polynomial --degree 20 --steps 100")).out),
              HasSubstr("double precision knows the least singular value of Z only to some"));
  EXPECT_THAT(unbroken(ravine(words("lab polynomial --degree 10 --steps 100")).out),
              Not(HasSubstr("singular")));
}

TEST(LabPolynomial, HelpSaysHowMuchThereMayBe) {
  EXPECT_THAT(ravine(words("lab polynomial --help")).out,
              AllOf(HasSubstr("20 at most"), HasSubstr("1000000 at most"),
                    HasSubstr("twenty to each tenfold of steps")));
}

TEST(LabPolynomial, PrintsSharesAsCsv) {
  const Process process = ravine(words("lab polynomial --degree 1 --steps 3 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("step,f,share_1,share_2,predicted_1,predicted_2\n0,"));
  EXPECT_EQ(std::ranges::count(process.out, '\n'), 5);
}

TEST(LabPolynomial, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit = test::quiet_visit(page_of("lab polynomial --degree 2 --steps 100"));
  const auto features =
      test::labels_of(test::figure_of(visit.dom, "Eigenfeatures, the quickest first"), "line");
  for (const char* name : {"eigenfeature 1, x ", "eigenfeature 2, x ", "eigenfeature 3, x "})
    EXPECT_THAT(features, Contains(StartsWith(name)).Times(121));
  const auto shares = test::figure_of(visit.dom, "Each eigenspace goes its own way");
  for (const char* mark : {"line", "dashed"})
    EXPECT_THAT(test::labels_of(shares, mark),
                AllOf(Not(Contains(StartsWith("eigenfeature 1,"))),
                      Contains(StartsWith("eigenfeature 2, step 1, share of f − f* ")),
                      Contains(StartsWith("eigenfeature 3, step 100, share of f − f* "))));
  const auto fit = test::figure_of(visit.dom, "To stop early is to regularise");
  for (const char* mark : {"line", "dashed"})
    for (const char* name : {"10 steps, x ", "100 steps, x "})
      EXPECT_THAT(test::labels_of(fit, mark), Contains(StartsWith(name)).Times(121));
  EXPECT_THAT(test::labels_of(fit, "points"), SizeIs(30));
  EXPECT_THAT(
      test::labels_of(test::figure_of(visit.dom, "What is kept of an eigenfeature"), "points"),
      AllOf(SizeIs(2 * 3), Contains(StartsWith("10 steps, eigenvalue λ "))));
}

TEST(LabPolynomial, RefusesWhatCannotBe) {
  const auto with = [](const std::string& options) { return words("lab polynomial " + options); };
  EXPECT_TRUE(refused(with("--degree 0"), {"--degree", "at least 1"}));
  EXPECT_TRUE(refused(with("--degree 21"), {"degree must be from 1 to 20, 21 was given"}));
  EXPECT_TRUE(refused(with("--degree two"), {"--degree", "'two' is not a whole number"}));
  EXPECT_TRUE(refused(with("--steps 2000000"), {"steps must be from 1 to 1000000"}));
  EXPECT_TRUE(refused(with("--data diabetes"), {"a polynomial is of one x", "10 columns"}));
  EXPECT_TRUE(refused(with("--data nowhere.csv"), {"nowhere.csv: there is no such file"}));
  const Folder folder;
  const auto of_file = [&](const std::string& content) {
    return words("lab polynomial --degree 2 --data", {folder.write("a.csv", content).string()});
  };
  EXPECT_TRUE(refused(of_file("x,y\n1,2\n2,two\n"), {"a.csv:3", "'two' is not a number"}));
  EXPECT_TRUE(refused(of_file("x,y\none,2\n2,3\n3,4\n"), {"a.csv:2", "by --drop x"}));
  EXPECT_TRUE(refused(of_file("x,y\n1,2\n1,3\n"), {"'x' is 1 in every row"}));
  EXPECT_TRUE(refused(of_file("x,y\n1,2\n2,3\n"),
                      {"2 different x cannot determine the 3 coefficients", "a degree of 1"}));
  std::string close = "x,y\n100,1\n";
  for (int i = 1; i <= 8; ++i) close += "1.00000" + std::to_string(10 + i) + ",2\n";
  EXPECT_TRUE(
      refused(words("lab polynomial --degree 6 --data", {folder.write("b.csv", close).string()}),
              {"b.csv", "cannot tell the 7 coefficients of degree 6 apart"}));
  EXPECT_TRUE(refused(of_file("x,y\n1,2\n2,\n3,4\n"), {"a.csv:3", "--missing"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(with("--report /nowhere/a.html"), {"/nowhere"}));
}

}  // namespace
}  // namespace ravine::apps
