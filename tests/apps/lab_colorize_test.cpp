#include <algorithm>
#include <cmath>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

TEST(LabColorize, PrintsPredictedAndMeasuredSteps) {
  const Json json = ravine_json(words("lab colorize --grid 8x5 --seeds 0:0,7:4"));
  EXPECT_EQ(json["command"], "lab colorize");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_EQ(json["grid"], Json({{"columns", 8}, {"rows", 5}}));
  EXPECT_EQ(json["seeds"], Json({{0, 0}, {7, 4}}));
  const double low = json["smallest"];
  const double high = json["largest"];
  EXPECT_NEAR(json["condition_number"], high / low, 1e-9);
  EXPECT_EQ(json["eigenvalues"].size(), 40U);
  // The trace of the Hessian: 2 for each of 7 * 5 + 8 * 4 pairs, 1 for each seed.
  double trace = 0;
  for (const Json& value : json["eigenvalues"]) trace += value.get<double>();
  EXPECT_NEAR(trace, 2 * (35 + 32) + 2, 1e-11);
  ASSERT_EQ(json["methods"].size(), 2U);
  EXPECT_EQ(json["methods"][0]["name"], "sgd");
  EXPECT_EQ(json["methods"][1]["name"], "momentum");
  EXPECT_NEAR(json["methods"][0]["lr"], 2 / (low + high), 1e-12);
  EXPECT_EQ(json["methods"][0]["momentum"], 0);
  const double ratio = std::sqrt(high / low);
  EXPECT_NEAR(json["methods"][1]["momentum"], std::pow((ratio - 1) / (ratio + 1), 2), 1e-12);
  for (const Json& method : json["methods"]) {
    EXPECT_EQ(method["predicted_steps"], method["measured_steps"]);
    EXPECT_LT(method["max_closed_form_error"], 1e-9);
    EXPECT_EQ(method["points"][0]["f"], 1);  // half of each seed
    EXPECT_LE(method["points"].back()["f"], 1e-4);
    EXPECT_EQ(method["points"].back()["step"], method["measured_steps"]);
    EXPECT_EQ(method["frames"].size(), json["frame_steps"].size());
  }
}

TEST(LabColorize, SaysWhatItFound) {
  const Process process = ravine(words("lab colorize"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(unbroken(process.out), AllOf(HasSubstr("condition number of 8741"),
                                           HasSubstr("times fewer"), HasSubstr("steps measured")));
  EXPECT_THAT(unbroken(ravine(words("lab colorize --steps 50")).out),
              AllOf(HasSubstr("283 steps and was given up after 50. By prediction that is 63.3 "
                              "times fewer."),
                    HasSubstr("over 50")));
  EXPECT_THAT(unbroken(ravine(words("lab colorize --grid 2x2 --seeds 0:0,0:1,1:0,1:1")).out),
              AllOf(HasSubstr("All pixels of the 2x2 grid are pulled"), Not(HasSubstr("seeps"))));
}

TEST(LabColorize, PrintsPointsAsCsv) {
  const Process process = ravine(words("lab colorize --grid 2x2 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("method,step,f,predicted,palest\nsgd,0,0.5,0."));
  EXPECT_THAT(process.out, HasSubstr("\nmomentum,0,0.5,0."));
}

TEST(LabColorize, HelpSaysHowMuchThereMayBe) {
  EXPECT_THAT(ravine(words("lab colorize --help")).out,
              AllOf(HasSubstr("1600 pixels at most"), HasSubstr("10000000 at most"),
                    HasSubstr("as CSV, some hundreds of steps of each run")));
}

TEST(LabColorize, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit = test::quiet_visit(page_of("lab colorize --grid 6x4"));
  const std::string frames(test::figure_of(visit.dom, "The colour spreads"));
  EXPECT_THAT(frames, AllOf(HasSubstr("<strong>gradient descent</strong>"),
                            HasSubstr("<strong>momentum</strong>"),
                            HasSubstr("alt=\"gradient descent, step 0\""),
                            HasSubstr("At the last momentum is done.")));
  // Two strips of equally many pictures.
  std::size_t pictures = 0;
  for (auto at = frames.find("<img"); at != std::string::npos; at = frames.find("<img", at + 1))
    ++pictures;
  EXPECT_EQ(pictures, 12U);
  const auto errors = test::figure_of(visit.dom, "The square root in steps");
  EXPECT_THAT(test::labels_of(errors, "line"),
              AllOf(Contains(StartsWith("gradient descent, step 0, f − f* 0.5")),
                    Contains(StartsWith("momentum, step 0, f − f* 0.5"))));
  // As many points predicted as run.
  const auto points = [&](const char* mark) {
    return std::ranges::count_if(test::labels_of(errors, mark), [](const std::string& label) {
      return label.find(", step ") != std::string::npos;
    });
  };
  EXPECT_GT(points("line"), 20);
  EXPECT_EQ(points("dashed"), points("line"));
  EXPECT_THAT(test::labels_of(test::figure_of(visit.dom, "Momentum makes all shapes equally fast"),
                              "points"),
              SizeIs(2 * 24));
  EXPECT_THAT(std::string(test::figure_of(visit.dom, "The slowest shapes")),
              HasSubstr("curvature "));
}

TEST(LabColorize, RefusesWhatCannotBe) {
  const auto with = [](const std::string& options) { return words("lab colorize " + options); };
  EXPECT_TRUE(refused(with("--grid 1x1"), {"grid 1x1 is too small", "2 columns and 2 rows"}));
  EXPECT_TRUE(refused(with("--grid 1x20"), {"grid 1x20 is too small"}));
  EXPECT_TRUE(refused(with("--grid 1"), {"--grid: '1' is not a grid", "as in 20x20"}));
  EXPECT_TRUE(refused(with("--grid 99999999999999999999x2"),
                      {"'99999999999999999999' is beyond the range of numbers", "20x20"}));
  EXPECT_TRUE(refused(with("--grid 0x0"), {"grid 0x0 is too small"}));
  EXPECT_TRUE(refused(with("--grid 100x100"), {"grid 100x100 has more than 1600 pixels"}));
  EXPECT_TRUE(refused(with("--seeds 20:0"), {"seed 20:0 is outside the grid", "0 to 19"}));
  EXPECT_TRUE(refused(with("--seeds 0:0,0:0"), {"seed 0:0 is given twice"}));
  for (const char* seeds : {"1", "1:2:3", "a:b", "1:", "1:2,", "-1:2"})
    EXPECT_TRUE(refused(words("lab colorize", {std::string("--seeds=") + seeds}),
                        {"--seeds: ", "is not a pixel", "column:row from 0"}))
        << seeds;
  EXPECT_TRUE(
      refused(with("--tolerance 0"), {"tolerance must be from 1e-20 to below 1, 0 was given"}));
  EXPECT_TRUE(refused(with("--tolerance 1e-40"), {"from 1e-20 to below 1, 1e-40 was given"}));
  EXPECT_TRUE(refused(with("--steps 0"), {"--steps", "at least 1"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(with("--report /nowhere/a.html"), {"/nowhere"}));
}

}  // namespace
}  // namespace ravine::apps
