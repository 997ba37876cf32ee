// One optimizer on a function, and several: as text, JSON, CSV and page.
#include "ravine/report/lab/trajectory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>

#include "ravine/lab/expression.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/report/lab/trajectories.hpp"
#include "support/browser.hpp"

namespace ravine::report {
namespace {

using test::labels_of;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using Json = nlohmann::json;

Descent constant(std::size_t steps) {
  Descent result{.function = "w1^2", .steps = steps, .runs = {{{"sgd"}, {}}}};
  lab::Trajectory& run = result.runs.front().trajectory;
  for (std::size_t step = 0; step <= steps; ++step) {
    run.points.push_back({static_cast<double>(step)});
    run.values.push_back(0.5);
  }
  return result;
}

Descent of_function(const std::string& function, const std::vector<double>& start,
                    const std::string& optimizers, std::size_t steps) {
  Descent result{.function = function, .steps = steps, .runs = {}};
  for (const optim::Spec& spec : optim::parse_specs(optimizers))
    result.runs.push_back(
        {spec,
         lab::trajectory(lab::Expression(function), start,
                         {.optimizer = spec.name, .settings = spec.settings, .steps = steps})});
  return result;
}

Descent of_surface(const std::string& name, const std::string& optimizers, std::size_t steps) {
  const lab::Surface& surface = lab::find_surface(name);
  Descent result = of_function(surface.function, surface.start, optimizers, steps);
  result.surface = &surface;
  return result;
}

TEST(TrajectoryText, ShowsSomeTwentyStepsWithFirstAndLast) {
  for (const std::size_t steps : {0U, 1U, 20U, 21U, 137U, 99999U}) {
    const std::string page = exhibit_text(trajectory_exhibit(constant(steps)));
    const std::size_t table = page.find("\n\n") + 2;
    std::istringstream lines(page.substr(0, page.find("\n\n", table) + 1));
    std::vector<std::string> rows;
    for (std::string line; std::getline(lines, line);) rows.push_back(line);
    EXPECT_LE(rows.size(), 3U + 22U);
    std::istringstream first(rows[3]), last(rows.back());
    std::size_t step = 1;
    first >> step;
    EXPECT_EQ(step, 0U);
    last >> step;
    EXPECT_EQ(step, steps);
  }
}

TEST(TrajectoryText, SaysWhereItCame) {
  // 4 (1 - 2 lr)^2k: 4, 1, 1/4, 1/16, 1/64.
  const Descent plain = of_function("w1^2", {2}, "sgd:lr=0.25", 4);
  EXPECT_EQ(trajectory_exhibit(plain).findings, "f goes from 4 to 0.015625 in 4 steps.");
  EXPECT_EQ(trajectory_exhibit(plain).title, "sgd lr=0.25 on w1^2");
  EXPECT_EQ(trajectory_exhibit(of_function("w1^2", {2}, "sgd:lr=0.25", 1)).findings,
            "f goes from 4 to 1 in 1 step.");
  // 0.1 * 25 * 0.92^2k + 8 * 0.6^2k is below 0.105, 1 % of the start's, from 20 on.
  EXPECT_THAT(
      trajectory_exhibit(of_surface("quadratic", "sgd:lr=0.4", 25)).findings,
      AllOf(HasSubstr("its least value is 0."),
            HasSubstr("From step 20 on it stays at 0.105 or less, 1 % of the start's height")));
  EXPECT_THAT(trajectory_exhibit(of_surface("quadratic", "sgd:lr=0.4", 19)).findings,
              HasSubstr("It does not come to stay at 0.105 or less, 1 %"));
  EXPECT_THAT(trajectory_exhibit(of_function("w1^2", {1}, "sgd:lr=2", 1000)).findings,
              HasSubstr("in 323 steps; the next point, or f there, is no longer finite"));
}

TEST(TrajectoryJson, HasAllStepsAndEverySetting) {
  Descent run = constant(137);
  run.runs[0].optimizer.settings = {{"lr", 0.5}};
  const Json json = Json::parse(trajectory_exhibit(run).json);
  EXPECT_EQ(json["points"].size(), 138U);
  EXPECT_EQ(json["values"][137], 0.5);
  EXPECT_EQ(json["optimizer"]["name"], "sgd");
  EXPECT_EQ(json["optimizer"]["lr"], 0.5);
  EXPECT_EQ(json["optimizer"].size(), 1 + optim::find_rule("sgd").fields.size());
}

TEST(TrajectoryCsv, HasARowAPoint) {
  const Descent descent{
      .function = "w1*w2",
      .steps = 1,
      .runs = {{{"sgd"}, {.points = {{-15, 0.1}, {1e-300, 1}}, .values = {4675, -0.0}}}}};
  EXPECT_EQ(exhibit_csv(trajectory_exhibit(descent)),
            "step,w1,w2,f\n"
            "0,-15,0.10000000000000001,4675\n"
            "1,1e-300,1,-0\n");
}

TEST(TrajectoryCsv, NumbersAreThoseOfPrintfAndReadBack) {
  const Descent descent = of_function("exp(w1) + w1^4/3", {1. / 3}, "sgd:lr=0.017", 50);
  const lab::Trajectory& run = descent.runs.front().trajectory;
  std::istringstream lines(exhibit_csv(trajectory_exhibit(descent)));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "step,w1,f");
  for (std::size_t step = 0; step <= 50; ++step) {
    ASSERT_TRUE(std::getline(lines, line));
    char expected[100];
    std::snprintf(expected, sizeof expected, "%zu,%.17g,%.17g", step, run.points[step][0],
                  run.values[step]);
    EXPECT_EQ(line, expected);
    EXPECT_EQ(std::strtod(line.c_str() + line.find(',') + 1, nullptr), run.points[step][0]);
  }
  EXPECT_FALSE(std::getline(lines, line));
}

TEST(TrajectoriesText, NamesTheLowestTheFirstAndTheLost) {
  const Exhibit exhibit = trajectories_exhibit(
      of_surface("quadratic", "sgd:lr=0.4,sgd:lr=0.6,momentum:lr=0.6,momentum=0.5,sgd:lr=9", 300));
  // 0.92^300 of -5 against the root of 1/2 to the power of 300, the modulus of momentum's R.
  EXPECT_THAT(exhibit.findings,
              AllOf(HasSubstr("Lowest after 300 steps of 4: momentum:lr=0.6,momentum=0.5, where"),
                    HasSubstr("First to stay at 0.105 or less, 1 % of the start's height above the "
                              "least value, 0: momentum:lr=0.6,momentum=0.5, from step 9 on."),
                    HasSubstr("No longer finite in the end: sgd:lr=9.\n"),
                    HasSubstr("Higher in the end than at the start: sgd:lr=0.6.\n"),
                    HasSubstr("The steep direction limits the learning rate")));
  const Table& table = exhibit.tables.front().table;
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_THAT(table.rows[0],
              ElementsAre("sgd:lr=0.4", testing::_, testing::_, testing::_, "step 20", ""));
  EXPECT_THAT(table.rows[1], AllOf(Contains("–"), Contains("higher than at the start")));
  // 35^2k times 8 is above 2^1024 from k = 100 on.
  EXPECT_EQ(table.rows[3].back(), "diverged after step 99");
}

TEST(TrajectoriesText, CountsOneStep) {
  const Exhibit exhibit = trajectories_exhibit(of_function("w1^2", {2}, "sgd,adam", 1));
  EXPECT_EQ(exhibit.tables.front().title, "2 optimizers on w1^2, 1 step");
  EXPECT_THAT(exhibit.findings, HasSubstr("Lowest after 1 step of 2:"));
}

TEST(TrajectoriesText, SaysWhenNoneArrives) {
  const auto findings = [](const Descent& descent) {
    return trajectories_exhibit(descent).findings;
  };
  // 0.0025 * 20^2 + 0.25 * 2^2 at the start.
  EXPECT_THAT(findings(of_surface("ravine", "sgd:lr=0.1,rmsprop:lr=0.1", 10)),
              HasSubstr("None comes to stay at 0.02 or less, 1 % of the start's height"));
  EXPECT_EQ(findings(of_function("w1^2", {1}, "sgd:lr=2,sgd:lr=3", 1000)),
            "All of them diverge.\nNo longer finite in the end: sgd:lr=2 and sgd:lr=3.\n");
  // Many coordinates would not fit on a line.
  const Exhibit wide = trajectories_exhibit(of_function(
      "w1^2 + w2^2 + w3^2 + w4^2 + w5^2", {1, 1, 1, 1, 1}, "sgd:lr=0.5,sgd:lr=0.25", 1));
  EXPECT_EQ(exhibit_text(wide),
            "2 optimizers on w1^2 + w2^2 + w3^2 + w4^2 + w5^2, 1 step\n\n"
            "optimizer       f\n"
            "sgd:lr=0.5      0\n"
            "sgd:lr=0.25  1.25\n\n"
            "Lowest after 1 step of 2: sgd:lr=0.5, where f is 0 (5 at the start).\n");
}

TEST(TrajectoriesCsv, NamesTheOptimizerInEveryRow) {
  const Exhibit exhibit =
      trajectories_exhibit(of_function("w1^2", {2}, "sgd:lr=0.25,momentum:lr=0.5,momentum=0.5", 1));
  EXPECT_EQ(exhibit_csv(exhibit),
            "optimizer,step,w1,f\n"
            "sgd:lr=0.25,0,2,4\n"
            "sgd:lr=0.25,1,1,1\n"
            "\"momentum:lr=0.5,momentum=0.5\",0,2,4\n"
            "\"momentum:lr=0.5,momentum=0.5\",1,0,0\n");
}

/// Counts isolines, which have no labels.
constexpr const char* tell_isolines = R"js(
    for (const figure of document.querySelectorAll("figure")) {
      const drawn = [...figure.querySelectorAll("g.isoline path")]
        .filter((path) => (path.getAttribute("d") ?? "").length > 10).length;
      if (drawn > 0) figure.dataset.isolines = drawn;
    })js";

class Page {
 public:
  explicit Page(const Exhibit& exhibit)
      : visit_(test::quiet_visit(exhibit_page(exhibit), {.reader = tell_isolines})) {}
  /// From its heading on.
  std::string figure(const std::string& title) const {
    return std::string(test::figure_of(visit_.dom, title));
  }
  std::size_t figures() const {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = visit_.dom.find("<figure", at)) != std::string::npos; ++at)
      ++count;
    return count;
  }
  const std::string& dom() const { return visit_.dom; }

 private:
  test::Visit visit_;
};

TEST(TrajectoryPage, OfTwoVariablesHasPathsOnAMap) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  // By hand: (-5, -2) goes to (-5 * 0.92, -2 * -0.6), and with momentum as well, at first.
  const Page page(
      trajectories_exhibit(of_surface("quadratic", "sgd:lr=0.4,momentum:lr=0.4,momentum=0.5", 20)));
  EXPECT_EQ(page.figures(), 2U);
  const std::string map = page.figure("Paths on the function");
  const std::vector<std::string> points = labels_of(map, "path");
  EXPECT_THAT(points, AllOf(SizeIs(2 * 21), Contains("sgd:lr=0.4, point 0, w1 -5, w2 -2"),
                            Contains("sgd:lr=0.4, point 1, w1 -4.6, w2 1.2"),
                            Contains("momentum:lr=0.4,momentum=0.5, point 1, w1 -4.6, w2 1.2")));
  // The view is [-6, 2] by [-3, 3].
  const auto start = test::place_of(map, "sgd:lr=0.4, point 0, w1 -5, w2 -2");
  const auto next = test::place_of(map, "sgd:lr=0.4, point 1, w1 -4.6, w2 1.2");
  EXPECT_GT(next.x, start.x);
  EXPECT_LT(next.y, start.y);
  EXPECT_THAT(map, AllOf(HasSubstr("data:image/png"), HasSubstr("equal f − f*, evenly spaced in "
                                                                "its logarithm")));
  EXPECT_EQ(page.dom().find("data-isolines=\"16\""), page.dom().rfind("data-isolines"));
  EXPECT_THAT(page.dom(), HasSubstr("data-isolines=\"16\""));

  const std::string course = page.figure("f − f* over the steps");
  // 0.1 * 4.6^2 + 2 * 1.2^2.
  EXPECT_THAT(labels_of(course, "line"),
              AllOf(Contains("sgd:lr=0.4, step 0, f − f* 10.5"),
                    Contains("sgd:lr=0.4, step 1, f − f* 4.996"),
                    Contains("momentum:lr=0.4,momentum=0.5, step 1, f − f* 4.996"),
                    Contains(HasSubstr("momentum:lr=0.4,momentum=0.5, step 20,"))));
}

TEST(TrajectoryPage, OfOneVariableHasPointsOnTheCurve) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const Page page(trajectory_exhibit(of_function("w1^2", {2}, "sgd:lr=0.25", 2)));
  EXPECT_EQ(page.figures(), 3U);
  const std::string curve = page.figure("The points on the function");
  EXPECT_THAT(labels_of(curve, "path"),
              ElementsAre("sgd:lr=0.25, point 0, w1 2, f 4", "sgd:lr=0.25, point 1, w1 1, f 1",
                          "sgd:lr=0.25, point 2, w1 0.5, f 0.25"));
  EXPECT_THAT(labels_of(curve, "line"), AllOf(SizeIs(1 + 500), Contains("f, line")));
  EXPECT_THAT(
      labels_of(page.figure("w1 over the steps"), "line"),
      AllOf(Contains("sgd:lr=0.25, step 0, w1 2"), Contains("sgd:lr=0.25, step 2, w1 0.5")));
  EXPECT_THAT(labels_of(page.figure("f over the steps"), "line"),
              Contains("sgd:lr=0.25, step 2, f 0.25"));
}

TEST(TrajectoryPage, OfThreeVariablesHasTheCourseAlone) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const Page page(
      trajectory_exhibit(of_function("w1^2 + w2^2 + w3^2", {2, 2, 2}, "sgd:lr=0.25", 2)));
  EXPECT_EQ(page.figures(), 1U);
  EXPECT_THAT(labels_of(page.figure("f over the steps"), "line"),
              AllOf(Contains("sgd:lr=0.25, step 0, f 12"), Contains("sgd:lr=0.25, step 1, f 3")));
}

TEST(TrajectoryPage, ADivergingRunLeavesTheOthersTheirRoom) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const std::string start = "sgd:lr=0.4, point 0, w1 -5, w2 -2",
                    end = "sgd:lr=0.4, point 1, w1 -4.6, w2 1.2";
  const auto height = [&](const std::string& optimizers) {
    const Page page(trajectories_exhibit(of_surface("quadratic", optimizers, 400)));
    const std::string map = page.figure("Paths on the function");
    EXPECT_EQ(map.find("Out of the picture at times: sgd:lr=9.") != std::string::npos,
              optimizers != "sgd:lr=0.4");
    EXPECT_THAT(labels_of(page.figure("f − f* over the steps"), "line"),
                Contains(HasSubstr("sgd:lr=0.4, step 400, ")));
    return test::place_of(map, start).y - test::place_of(map, end).y;
  };
  const double alone = height("sgd:lr=0.4");
  EXPECT_GT(alone, 100);
  EXPECT_GT(height("sgd:lr=0.4,sgd:lr=9"), 0.9 * alone);
}

TEST(TrajectoryPage, ADivergingRunOfOneVariableLeavesTheOthersTheirRoom) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  // The course goes below 0 and so has a linear scale. The last run is at -2.28 after a step, where
  // f is 1e86; and the others' view, down to -2.5, has such values too.
  const Page page(trajectories_exhibit(of_function("w1^2 - 2 + exp(1000*w1^2 - 5000)", {2},
                                                   "sgd:lr=0.25,sgd:lr=1.05,sgd:lr=1.07", 2)));
  EXPECT_THAT(labels_of(page.figure("f over the steps"), "line"),
              AllOf(Contains("sgd:lr=0.25, step 1, f -1"), Contains("sgd:lr=0.25, step 0, f 2")));
  EXPECT_THAT(labels_of(page.figure("w1 over the steps"), "line"),
              Contains("sgd:lr=0.25, step 2, w1 0.5"));
  EXPECT_THAT(labels_of(page.figure("The points on the function"), "path"),
              Contains("sgd:lr=0.25, point 1, w1 1, f -1"));
}

TEST(TrajectoryPage, DrawsWhatIsHardlyThere) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  // No steps; a start at the minimum; a function without a value in half of the plane.
  const Page start(trajectory_exhibit(of_function("w1^2 + w2^2", {3, 4}, "sgd", 0)));
  EXPECT_THAT(labels_of(start.figure("Paths on the function"), "path"),
              ElementsAre("sgd, point 0, w1 3, w2 4"));
  Descent still = of_function("0.1*w1^2 + 2*w2^2", {0, 0}, "sgd", 3);
  still.surface = &lab::find_surface("quadratic");
  const Page minimum(trajectory_exhibit(still));
  EXPECT_THAT(labels_of(minimum.figure("Paths on the function"), "path"), SizeIs(4));
  const Page half(trajectory_exhibit(of_function("log(w1)^2 + w2^2", {0.1, 1}, "sgd:lr=0.01", 50)));
  EXPECT_THAT(labels_of(half.figure("Paths on the function"), "path"), SizeIs(51));
}

TEST(TrajectoryPage, DrawsAThousandPointsAtMost) {
  const Descent descent = of_surface("quadratic", "sgd:lr=0.01,sgd:lr=0.02", 2500);
  for (const Figure& figure : trajectories_exhibit(descent).figures) {
    const auto& [caption, series] = std::visit(
        [](const auto& drawn) -> std::pair<std::string, std::vector<Series>> {
          if constexpr (requires { drawn.series; }) return {drawn.caption, drawn.series};
          return {};
        },
        figure);
    EXPECT_THAT(caption, HasSubstr("Drawn: one step in 5."));
    ASSERT_EQ(series.size(), 2U);
    for (const Series& one : series) EXPECT_EQ(one.x.size(), 501U);
  }
}

}  // namespace
}  // namespace ravine::report
