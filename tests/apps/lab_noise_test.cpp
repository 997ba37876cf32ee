#include <algorithm>
#include <cmath>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

TEST(LabNoise, SplitsTheError) {
  const Json json = ravine_json(
      words("lab noise --eigenvalues 4 --sigma 0.5 --lr 0.1 --start 3 --steps 20 --runs 2000"));
  EXPECT_EQ(json["command"], "lab noise");
  EXPECT_EQ(json["momentum"], 0);
  ASSERT_EQ(json["expected"].size(), 21U);
  for (std::size_t k = 0; k <= 20; ++k) {  // x' = 0.6 x - 0.1 e
    const double decay = std::pow(0.36, static_cast<double>(k));
    EXPECT_NEAR(json["deterministic"][k], 18 * decay, 1e-12);
    EXPECT_NEAR(json["stochastic"][k], 2 * 0.0025 * (1 - decay) / 0.64, 1e-15);
    EXPECT_NEAR(json["expected"][k].get<double>(),
                json["deterministic"][k].get<double>() + json["stochastic"][k].get<double>(),
                1e-14);
  }
  EXPECT_NEAR(json["noise_floor"], 2 * 0.0025 / 0.64, 1e-15);
  const Json& runs = json["monte_carlo"];
  EXPECT_EQ(runs["runs"], 2000);
  EXPECT_EQ(runs["mean"].size(), 21U);
  EXPECT_EQ(runs["standard_error"].size(), 21U);
  EXPECT_LT(runs["overall_deviation"], 3);
  double largest = 0;
  for (std::size_t k = 1; k <= 20; ++k)
    largest = std::max(largest,
                       std::abs(runs["mean"][k].get<double>() - json["expected"][k].get<double>()) /
                           runs["standard_error"][k].get<double>());
  EXPECT_NEAR(runs["largest_deviation"], largest, 1e-9);
}

TEST(LabNoise, RunsAreOfTheSeed) {
  const auto mean = [](const char* seed) {
    return ravine_json(words("lab noise --runs 10 --seed", {seed}))["monte_carlo"]["mean"];
  };
  EXPECT_EQ(mean("1"), mean("1"));
  EXPECT_NE(mean("1"), mean("2"));
}

TEST(LabNoise, HasNoFloorWhereItDiverges) {
  const std::string line = "lab noise --eigenvalues 1,4 --lr 1 --steps 1000 --runs 5";
  const Json json = ravine_json(words(line));
  EXPECT_TRUE(json["noise_floor"].is_null());
  EXPECT_FALSE(json["stable"]);
  EXPECT_EQ(json["expected"].size(), 1001U);
  EXPECT_THAT(unbroken(ravine(words(line)).out), HasSubstr("There is no noise floor."));
  EXPECT_THAT(unbroken(ravine(words(line)).out),
              HasSubstr("steps of 1,000 that can be compared the mean of 5 runs"));
  EXPECT_THAT(unbroken(ravine(words("lab noise --sigma 1e-200 --runs 5")).out),
              HasSubstr("Nothing can be compared"));
  EXPECT_THAT(unbroken(ravine(words("lab noise --steps 1 --runs 5")).out),
              HasSubstr(" of 1 step,"));
  EXPECT_THAT(unbroken(ravine(words("lab noise --sigma 0")).out),
              AllOf(HasSubstr("There is no noise to measure"), Not(HasSubstr("floor")),
                    Not(HasSubstr("larger part"))));
  EXPECT_THAT(unbroken(ravine(words("lab noise --sigma 1e-18")).out), Not(HasSubstr("inf")));
  EXPECT_THAT(unbroken(ravine(words("lab noise --lr 0 --runs 5")).out),
              AllOf(HasSubstr("Nothing moves, by noise or otherwise. There is nothing to compare: "
                              "all runs are the same."),
                    Not(HasSubstr("no noise"))));
  EXPECT_THAT(unbroken(ravine(words("lab noise --start 0,0,0 --runs 5")).out),
              HasSubstr("; all of the error is of the noise."));
}

TEST(LabNoise, SaysWhatItFound) {
  const Process process = ravine(words("lab noise"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(unbroken(process.out),
              AllOf(HasSubstr("The noise keeps the error at a floor of 2.578"),
                    HasSubstr("standard errors off the expectation")));
}

TEST(LabNoise, PrintsStepsAsCsv) {
  const Process process = ravine(words("lab noise --steps 5 --csv"));
  EXPECT_THAT(process.out, StartsWith("step,deterministic,stochastic,expected,mean,standard_error\n"
                                      "0,55.5,0,55.5,55.5,0\n"));
  EXPECT_EQ(std::ranges::count(process.out, '\n'), 7);
}

TEST(LabNoise, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit = test::quiet_visit(page_of("lab noise --steps 50"));
  const auto errors = test::figure_of(visit.dom, "The expected error and its two parts");
  EXPECT_THAT(test::labels_of(errors, "line"),
              AllOf(Contains(HasSubstr(", step ")).Times(51),
                    Contains(StartsWith("error, step 0, error f(w) 55.5"))));
  // Of the noise there is none at step 0, which a logarithm cannot show.
  EXPECT_THAT(test::labels_of(errors, "dashed"),
              Contains(HasSubstr(", step ")).Times(51 + 51 + 50));
  EXPECT_THAT(std::string(errors), HasSubstr("noise floor"));
  const auto map = test::figure_of(visit.dom, "The expected error after 50 steps");
  EXPECT_THAT(std::string(map), HasSubstr("<image"));
  EXPECT_THAT(test::labels_of(map, "points"), SizeIs(1));  // this run
  const auto floors = test::figure_of(visit.dom, "A faster rate costs a higher floor");
  EXPECT_THAT(test::labels_of(floors, "line"), Contains(HasSubstr(", noise floor ")).Times(180));
  // -1 / log10(9/11): the best momentum for eigenvalues from 1 to 100.
  EXPECT_THAT(test::labels_of(floors, "points"),
              ElementsAre("this run, steps to a tenth of the slowest component 11.47, noise floor "
                          "2.578"));
}

TEST(LabNoise, ItsPageIsDrawnOfWhatDivergesToo) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  for (const std::string options : {"--lr 0.1 --steps 2000", "--sigma 0 --steps 5000 --runs 2"})
    EXPECT_THAT(test::visit(page_of("lab noise " + options)).console, IsEmpty()) << options;
}

TEST(LabNoise, TheMapSaysWhatTheErrorIsOf) {
  const auto page_with = [](const std::string& options) {
    return page_of("lab noise --steps 5 --runs 5 " + options);
  };
  EXPECT_THAT(page_of("lab noise --steps 1 --runs 5"),
              HasSubstr("\"The expected error after 1 step\""));
  EXPECT_THAT(page_with(""), HasSubstr("Small learning rates take longest to forget the start"));
  EXPECT_THAT(page_with("--start 0,0,0"),
              AllOf(HasSubstr("the start is the minimum"), Not(HasSubstr("forget"))));
  EXPECT_THAT(page_with("--sigma 0"),
              AllOf(HasSubstr("there is no noise"), Not(HasSubstr("forget"))));
}

TEST(LabNoise, RefusesWhatCannotBe) {
  const auto with = [](const std::string& options) { return words("lab noise " + options); };
  EXPECT_TRUE(refused(with("--sigma=-1"), {"sigma must be from 0 to 1e+100, -1 was given"}));
  EXPECT_TRUE(refused(with("--sigma nan"), {"sigma must be from 0 to 1e+100, nan was given"}));
  EXPECT_TRUE(refused(with("--sigma 1e308"), {"1e+308 was given"}));
  EXPECT_TRUE(refused(with("--runs 0"), {"runs must be at least 2 for a standard error, 0"}));
  EXPECT_TRUE(refused(with("--steps 99999999999"), {"steps", "too many (at most 33333)"}));
  EXPECT_TRUE(refused(with("--runs 1"), {"runs must be at least 2 for a standard error, 1"}));
  EXPECT_TRUE(refused(with("--runs 99999999999"), {"runs", "too many"}));
  EXPECT_TRUE(refused(with("--eigenvalues 1,0"), {"eigenvalues: number 2 is 0"}));
  EXPECT_TRUE(refused(with("--start 1"), {"start: 1 number for 3 components (give 3)"}));
  EXPECT_TRUE(refused(with("--momentum 1"), {"momentum must be in [0, 1), 1 was given"}));
  EXPECT_TRUE(refused(with("--lr=-0.1"), {"lr must be in [0, inf), -0.1 was given"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
}

}  // namespace
}  // namespace ravine::apps
