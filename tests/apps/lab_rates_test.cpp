#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

TEST(LabRates, MapsTheRate) {
  const Json json = ravine_json(words("lab rates --grid 40x20 --points 50"));
  EXPECT_EQ(json["command"], "lab rates");
  ASSERT_EQ(json["cells"].size(), 800U);
  EXPECT_EQ(json["cells"][0]["alpha_lambda"], 0.05);
  EXPECT_EQ(json["cells"][0]["beta"], 0.025);
  std::set<std::string> regimes;
  for (const Json& cell : json["cells"]) {
    regimes.insert(cell["regime"]);
    // The roots of s^2 - t s + beta.
    const double t = 1 + cell["beta"].get<double>() - cell["alpha_lambda"].get<double>();
    const double beta = cell["beta"];
    const double room = t * t / 4 - beta;
    const double rate = room < 0 ? std::sqrt(beta) : std::abs(t) / 2 + std::sqrt(room);
    EXPECT_NEAR(cell["rate"], rate, 1e-12);
    EXPECT_EQ(cell["regime"] == "divergence", rate > 1 - 1e-12)
        << cell;  // some lie on the boundary
  }
  EXPECT_THAT(regimes, SizeIs(5));
  EXPECT_EQ(json["simulation"]["points"].size(), 50U);
  EXPECT_EQ(json["simulation"]["steps"], 200);
  EXPECT_LT(json["simulation"]["largest_deviation"], 0.01);
}

TEST(LabRates, AtPointsPrintsThemAlone) {
  const Json json = ravine_json(words("lab rates --at 0.5,0.81 --at 1.5,0"));
  ASSERT_EQ(json["cells"].size(), 2U);
  EXPECT_EQ(json["cells"][0]["alpha_lambda"], 0.5);
  EXPECT_EQ(json["cells"][0]["beta"], 0.81);
  EXPECT_NEAR(json["cells"][0]["rate"], 0.9, 1e-15);
  EXPECT_EQ(json["cells"][0]["regime"], "ripples");
  EXPECT_EQ(json["cells"][1]["rate"], 0.5);
  EXPECT_EQ(json["cells"][1]["regime"], "monotone with sign change");
  EXPECT_NEAR(json["simulation"]["points"][0]["measured_rate"], 0.9, 1e-12);
  EXPECT_THAT(ravine(words("lab rates --at 0.5,0.81")).out, HasSubstr("ripples"));
  EXPECT_THAT(unbroken(ravine(words("lab rates --at 2,0")).out),
              AllOf(HasSubstr("Divergence stands for a rate of 1 or more"),
                    HasSubstr("the recurrence that fits a run's positions best")));
  EXPECT_THAT(unbroken(ravine(words("lab rates --at 1e100,0")).out),
              HasSubstr("too soon for a rate to be measured"));
}

TEST(LabRates, SimulationIsOfTheSeed) {
  const auto points = [](const char* seed) {
    return ravine_json(
        words("lab rates --grid 2x2 --points 3 --seed", {seed}))["simulation"]["points"];
  };
  EXPECT_EQ(points("1"), points("1"));
  EXPECT_NE(points("1"), points("2"));
}

TEST(LabRates, PrintsCellsAsCsv) {
  const Process process = ravine(words("lab rates --grid 2x2 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("alpha_lambda,beta,rate,regime\n1,0.25,0.5,ripples\n"
                                      "3,0.25,"));
  EXPECT_EQ(std::ranges::count(process.out, '\n'), 5);
}

TEST(LabRates, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit = test::quiet_visit(page_of("lab rates --grid 50x40 --points 30"));
  const auto rates = test::figure_of(visit.dom, "The rate");
  EXPECT_THAT(std::string(rates), HasSubstr("<image"));
  EXPECT_THAT(test::labels_of(rates, "dashed"), SizeIs(201));  // the critical curve
  EXPECT_THAT(test::labels_of(rates, "line"), Contains("boundary αλ = 2 + 2β, αλ 4, β 1"));
  const auto regimes = test::figure_of(visit.dom, "The regimes");
  EXPECT_THAT(std::string(regimes),
              AllOf(HasSubstr("<image"), HasSubstr("monotone with sign change")));
  EXPECT_THAT(test::labels_of(regimes, "points"), SizeIs(30));
  // The critical curve touches β = 0 at αλ = 1, and starts and ends at β = 1.
  const auto critical = [&](const std::string& at) {
    return test::place_of(regimes, "critical β = (1 − √αλ)², " + at);
  };
  const test::Place low = critical("αλ 1, β 0");
  const test::Place start = critical("αλ 0, β 1");
  const test::Place end = critical("αλ 4, β 1");
  EXPECT_GT(low.y, start.y);
  EXPECT_NEAR(start.y, end.y, 0.5);
  EXPECT_NEAR(end.x - low.x, 3 * (low.x - start.x), 1);
  EXPECT_THAT(
      test::labels_of(test::figure_of(visit.dom, "One component in each regime that converges"),
                      "line"),
      Contains(HasSubstr(", step ")).Times(4 * 21));
}

TEST(LabRates, ItsPageSaysWhichPointsAreDrawn) {
  const auto page_with = [](const std::string& options) {
    return page_of("lab rates --grid 2x2 " + options);
  };
  EXPECT_THAT(page_with("--at 5,0.2"), HasSubstr("No setting at which the registered rule was run "
                                                 "for 200 steps is on the map."));
  EXPECT_THAT(page_with("--at 1,0.2"), HasSubstr("The point is the setting at which"));
  EXPECT_THAT(page_with("--at 1,0.2 --at 5,0.2"), HasSubstr("Points are 1 of the 2 settings at"));
  EXPECT_THAT(page_with("--points 3"), HasSubstr("Points are the 3 settings at which"));
  EXPECT_THAT(ravine(words("lab rates --at 5,0.2")).out, HasSubstr("was run at this point for"));
}

TEST(LabRates, RefusesWhatCannotBe) {
  const auto with = [](const std::string& options) { return words("lab rates " + options); };
  EXPECT_TRUE(refused(with("--grid 1"), {"--grid: '1' is not a grid", "as in 200x200"}));
  EXPECT_TRUE(refused(with("--grid 1x1"), {"grid: columns must be from 2 to 500, 1 was given"}));
  EXPECT_TRUE(refused(with("--grid 2x1"), {"grid: rows must be from 2 to 500"}));
  EXPECT_TRUE(refused(with("--grid 9000x9000"), {"9000 were given"}));
  EXPECT_TRUE(refused(with("--grid axb"), {"--grid: 'axb' is not a grid"}));
  EXPECT_TRUE(refused(with("--at 1"), {"a point has 1 number", "as in 0.5,0.9"}));
  EXPECT_TRUE(refused(with("--at 1,1"), {"beta must be in [0, 1), 1 was given"}));
  EXPECT_TRUE(refused(with("--at=-1,0"), {"alpha lambda must be finite and 0 or more, -1"}));
  EXPECT_TRUE(refused(with("--at 1e308,0.5"), {"alpha lambda: 1e+308 is too large"}));
  EXPECT_TRUE(refused(with("--points 99999999"), {"points", "too many (at most 10000)"}));
  EXPECT_TRUE(refused(with("--steps 99999999"), {"steps", "200 points are too many"}));
  EXPECT_TRUE(refused(with("--steps 1"), {"steps must be at least 3", "1 was given"}));
  EXPECT_TRUE(refused(with("--points 0"), {"--points", "at least 1"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
}

}  // namespace
}  // namespace ravine::apps
