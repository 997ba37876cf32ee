#include "ravine/report/exhibit.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"
#include "support/browser.hpp"

// What a reader sees of an experiment of the lab: its words, and its figures in a browser.

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

Exhibit example() {
  const double none = std::numeric_limits<double>::quiet_NaN();
  Exhibit exhibit{.title = "An <experiment>",
                  .findings = "It went as predicted.",
                  .tables = {{"Settings", {{{"name"}, {"rate", Align::right}}, {{"a", "0.5"}}}}},
                  .json = "{}\n",
                  .csv = {{{"step"}, {"name"}}, {{"0", "a,b"}, {"1", exact(0.1)}}},
                  .figures = {}};
  Curves curves{.title = "Error by step",
                .caption = "One run.",
                .x = {.title = "step"},
                .y = {.title = "error", .scale = Scale::log},
                .series = {{.name = "run", .x = {0, 1, 2, 3}, .y = {1, 0.1, 0, 0.001}},
                           {.name = "run", .mark = Mark::dashed, .x = {0, 3}, .y = {1, 0.001}},
                           {.name = "sampled", .mark = Mark::points, .x = {1, 2}, .y = {1, none}}},
                .at_x = {{"half way", 1.5}},
                .at_y = {{"tolerance", 0.01}}};
  curves.series[0].low = {0.5, 0.05, 0.005, 0.0005};
  curves.series[0].high = {2, 0.2, 0.02, 0.002};
  Map map{.title = "Surface",
          .caption = "With a path.",
          .x = {.title = "w1", .domain = std::pair(-2.0, 2.0)},
          .y = {.title = "w2", .domain = std::pair(-1.0, 1.0)},
          .columns = 40,
          .rows = 20,
          .values = {},
          .value_title = "f",
          .isolines = 4,
          .series = {{.name = "run", .mark = Mark::path, .x = {-2, 0, 1}, .y = {1, 0.5, 0}}}};
  for (int i = 0; i < 800; ++i)
    map.values.push_back(std::hypot((i % 40) / 10.0 - 2, (i / 40) / 10.0 - 1));
  Map classes = map;
  classes.title = "Kinds";
  classes.colours = Colours::classes;
  classes.classes = {"fast", "slow"};
  classes.isolines = 0;
  for (double& value : classes.values) value = value > 1 ? 1 : 0;
  classes.values[0] = none;
  exhibit.figures = {
      curves, map, classes,
      Frames{.title = "Frames",
             .caption = "From 0 to 1.",
             .strips = {{"run", {{"step 0", 2, 1, {0, 1}}, {"step 5", 2, 1, {1, 1}}}}}}};
  return exhibit;
}

TEST(Exhibit, IsWrittenAsText) {
  EXPECT_EQ(exhibit_text(example()),
            "Settings\n\nname  rate\na      0.5\n\nIt went as predicted.\n");
}

TEST(Exhibit, IsWrittenAsCsv) {
  EXPECT_EQ(exhibit_csv(example()), "step,name\n0,\"a,b\"\n1,0.1\n");
}

TEST(ExhibitPage, DrawsEveryFigure) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(example()));
  EXPECT_THAT(visited.console, IsEmpty());
  EXPECT_THAT(visited.fetched, IsEmpty());
  EXPECT_THAT(visited.dom, HasSubstr("<h1>An &lt;experiment&gt;</h1>"));
  const auto figure_named = [&](const std::string& title) {
    const std::size_t at = visited.dom.find("<h3>" + title + "</h3>");
    EXPECT_NE(at, std::string::npos) << title;
    return test::part_of(visited.dom, "<h3>" + title, "</figure>");
  };
  const std::string_view curves = figure_named("Error by step");
  // A point at 0 has no place on a logarithmic axis, nor has what is not a number.
  EXPECT_THAT(test::labels_of(curves, "line"), testing::Contains("run, step 3, error 0.001"));
  EXPECT_THAT(test::labels_of(curves, "points"), SizeIs(1));
  EXPECT_THAT(std::string(curves), HasSubstr("tolerance"));
  EXPECT_THAT(std::string(curves), HasSubstr("half way"));
  EXPECT_THAT(std::string(curves), HasSubstr("mark-area"));
  // Decades are equally high.
  const test::Place first = test::place_of(curves, "run, step 0, error 1");
  const test::Place second = test::place_of(curves, "run, step 1, error 0.1");
  const test::Place last = test::place_of(curves, "run, step 3, error 0.001");
  EXPECT_NEAR(last.y - first.y, 3 * (second.y - first.y), 0.5);

  const std::string_view map = figure_named("Surface");
  EXPECT_THAT(std::string(map), HasSubstr("data:image/png"));
  EXPECT_THAT(std::string(map), HasSubstr("f: 0 "));
  EXPECT_THAT(test::labels_of(map, "path"), SizeIs(3));
  // The path starts in the upper left corner of what has x from -2 to 2 and y from -1 to 1.
  const test::Place corner = test::place_of(map, "run, point 0, w1 -2, w2 1");
  const test::Place end = test::place_of(map, "run, point 2, w1 1, w2 0");
  EXPECT_NEAR(corner.x, 0, 0.5);
  EXPECT_NEAR(corner.y, 0, 0.5);
  EXPECT_GT(end.x, corner.x);
  EXPECT_GT(end.y, corner.y);
  EXPECT_THAT(std::string(figure_named("Kinds")), HasSubstr("slow"));
  const std::string_view frames = figure_named("Frames");
  EXPECT_THAT(std::string(frames), HasSubstr("alt=\"run, step 5\""));
}

/// What it is of under the title, and the answer before the figures.
TEST(ExhibitPage, HasItsFirstTableBeforeItsFigures) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  Exhibit exhibit = example();
  exhibit.tables.push_back({"Further", exhibit.tables[0].table});
  const std::string page = exhibit_page(exhibit);
  EXPECT_THAT(page, HasSubstr("</h1>\n<p class=\"subtitle\">Settings</p>"));
  const std::string dom = test::quiet_visit(page).dom;
  const auto order = {dom.find("It went as predicted."), dom.find("<table>"), dom.find("<figure"),
                      dom.find("<h2>Further</h2>"), dom.find(text(">ravine ", version, "</p>"))};
  EXPECT_TRUE(std::ranges::is_sorted(order)) << testing::PrintToString(order);
  EXPECT_LT(*std::prev(order.end()), dom.npos);
  EXPECT_THAT(dom, Not(HasSubstr("<h2>Settings</h2>")));
}

/// At the end that no line passes, and not over each other.
TEST(ExhibitPage, LabelsOfReferenceLinesStandWhereTheyAreFree) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const auto places = [](std::vector<double> y, std::vector<ReferenceLine> at_y) {
    Exhibit exhibit = example();
    exhibit.figures = {Curves{.title = "Lines",
                              .caption = "",
                              .x = {.title = "step"},
                              .y = {.title = "error"},
                              .series = {{.name = "run", .x = {0, 1, 2}, .y = std::move(y)}},
                              .at_y = std::move(at_y)}};
    const test::Visit visited = test::visit(exhibit_page(exhibit), {.reader = R"js(
        const labels = [...document.querySelectorAll("g.label_y text")];
        const line = document.querySelector("g.line path");
        const isCrossed = (label) => {
          const box = label.getBoundingClientRect();
          for (let at = 0; at <= line.getTotalLength(); ++at) {
            const { x, y } = line.getPointAtLength(at).matrixTransform(line.getScreenCTM());
            if (x > box.left && x < box.right && y > box.top && y < box.bottom) return true;
          }
          return false;
        };
        console.log(labels.map((label) => `${label.getAttribute("text-anchor")} ` +
          `${isCrossed(label) ? "crossed" : "free"}`).join("; "));)js"});
    return visited.console.empty() ? "" : visited.console.front();
  };
  EXPECT_THAT(places({0, 0, 10}, {{"tolerance", 7}}), HasSubstr("\"start free\""));
  EXPECT_THAT(places({10, 0, 0}, {{"tolerance", 7}}), HasSubstr("\"end free\""));
  EXPECT_THAT(places({10, 4, 1}, {{"tolerance", 1.3}}), HasSubstr("\"start free\""));
  EXPECT_THAT(places({10, 5, 0}, {{"one", 5.3}, {"another", 5.2}}),
              HasSubstr("\"end free; start free\""));
}

/// Ranks are 1, 2, ...: the first point stands on no axis, and each label is a rank.
TEST(ExhibitPage, PointsInStepsHaveRoom) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  Exhibit exhibit = example();
  exhibit.figures = {Curves{
      .title = "Ranks",
      .caption = "",
      .x = {.title = "rank"},
      .y = {.title = "value", .scale = Scale::log},
      .series = {{.name = "value", .mark = Mark::points, .x = {1, 2, 3}, .y = {4, 1, 0.003}}}}};
  const test::Visit visited = test::visit(exhibit_page(exhibit), {.reader = R"js(
      const [x, y] = document.querySelectorAll("svg .role-axis-label");
      const labels = (axis) => [...axis.querySelectorAll("text")]
        .filter((label) => label.getAttribute("opacity") !== "0")
        .map(({ textContent }) => textContent).filter(Boolean).join(" ");
      console.log(`${labels(x)}; ${labels(y)}.`);)js"});
  ASSERT_THAT(visited.console, SizeIs(1));
  EXPECT_THAT(visited.console[0], HasSubstr("\"1 2 3; 0.001 0.01 0.1 1 10.\""));
  const auto place = [&](const char* label) { return test::place_of(visited.dom, label); };
  const test::Place first = place("value, rank 1, value 4");
  EXPECT_NEAR(first.x, (place("value, rank 2, value 1").x - first.x) / 2, 0.5);
}

/// A line has no marks, in the legend neither; what is predicted alone is dashed there, too.
TEST(ExhibitPage, TheLegendShowsLinesAsLines) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  Exhibit exhibit = example();
  Curves curves = std::get<Curves>(exhibit.figures[0]);
  curves.series.push_back({.name = "theory", .mark = Mark::dashed, .x = {0, 3}, .y = {1, 0.1}});
  exhibit.figures = {curves};
  const test::Visit visited = test::visit(exhibit_page(exhibit), {.reader = R"js(
      console.log([...document.querySelectorAll(".legend button")].map((button) =>
        `${button.querySelector("path")?.getAttribute("stroke-dasharray") ?? "no line"}` +
        `${button.textContent}`).join("; "));)js"});
  ASSERT_THAT(visited.console, SizeIs(1));
  EXPECT_THAT(visited.console[0], HasSubstr("\"1 0 run; no line■ sampled; 5 3 theory\""));
}

/// Each button of the legend hides its series in all figures, and shows it again.
TEST(ExhibitPage, HidesSeriesByTheirName) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(example()), {.reader = R"js(
      const marks = (name) =>
        document.querySelectorAll(`svg [aria-label^="${name},"]`).length;
      for (const button of document.querySelectorAll(".legend button")) {
        const name = button.textContent.slice(2);
        const before = marks(name);
        button.click();
        await wait(300);
        const hidden = marks(name);
        button.click();
        await wait(300);
        console.log(`${name}: ${before > 0}, ${hidden}, ${marks(name) === before}`);
      })js"});
  EXPECT_THAT(visited.console, testing::ElementsAre(HasSubstr("run: true, 0, true"),
                                                    HasSubstr("sampled: true, 0, true")));
}

/// The colours of a path's points, as shares of black: its last one in the picture has none.
TEST(ExhibitPage, APathIsBrightestAtItsLastPointInThePicture) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  Exhibit exhibit = example();
  Map& map = std::get<Map>(exhibit.figures[1]);
  // The third point is the last in the picture, the fourth far away, and six have no place at all.
  map.series[0].x = {-2, 0, 1, 50};
  map.series[0].y = {1, 0.5, 0, 50};
  map.series[0].x.resize(10, std::numeric_limits<double>::quiet_NaN());
  map.series[0].y.resize(10, std::numeric_limits<double>::quiet_NaN());
  exhibit.figures = {map};
  const test::Visit visited = test::visit(exhibit_page(exhibit));
  EXPECT_THAT(visited.console, IsEmpty());
  const auto share_of_colour = [&](int point) {
    const std::string_view mark =
        test::part_of(visited.dom, text("aria-label=\"run, point ", point, ","), "></path>");
    return std::string(test::part_of(mark, "--series-1) ", "%"));
  };
  EXPECT_EQ(share_of_colour(0), "--series-1) 35%");
  EXPECT_EQ(share_of_colour(1), "--series-1) 68%");
  EXPECT_EQ(share_of_colour(2), "--series-1) 100%");
}

TEST(ExhibitPage, LabelsOfLogarithmicAxesAreShort) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const auto labels = [](double low, double high) {
    Exhibit exhibit = example();
    Curves& curves = std::get<Curves>(exhibit.figures[0]);
    curves.series = {{.name = "run", .x = {0, 1}, .y = {low, high}}};
    curves.at_y.clear();
    exhibit.figures = {curves};
    const test::Visit visited = test::visit(exhibit_page(exhibit), {.reader = R"js(
        const label = (text) => text.getAttribute("opacity") === "0" ? "" : text.textContent;
        const axis = [...document.querySelectorAll("svg .role-axis-label")].at(-1);
        console.log([...axis.querySelectorAll("text")].map(label).filter(Boolean).join(" "));)js"});
    return visited.console.empty() ? "" : visited.console.front();
  };
  EXPECT_THAT(labels(1e-7, 1e9), testing::AllOf(HasSubstr("1e-5 1 "), HasSubstr(" 1 1e5")));
  EXPECT_THAT(labels(0.001, 1e4), HasSubstr("0.01 1 100 10,000"));
  EXPECT_THAT(labels(1.25, 2), HasSubstr("1.4 1.6 1.8 2.0"));
}

/// Its marks are no part of what is read aloud, its summary says what they show.
TEST(ExhibitPage, AChartIsOneImageWithASummary) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(example()), {.reader = R"js(
      const summary = (i) => {
        const chart = document.querySelectorAll(".plot")[i];
        return `${chart.getAttribute("role")} ${chart.getAttribute("aria-label")}`;
      };
      console.log(summary(0));
      console.log(summary(1));
      document.querySelector(".legend button").click();
      console.log(summary(0));)js"});
  ASSERT_THAT(visited.console, SizeIs(3));
  EXPECT_THAT(visited.console[0],
              HasSubstr("img Error by step: error over step. run 0.001 to 1, 0.001 in the end; "
                        "sampled 1."));
  EXPECT_THAT(visited.console[1],
              HasSubstr("img Surface: w2 over w1. f as colours, 0 to 2.24; run 0 to 1"));
  EXPECT_THAT(visited.console[2], HasSubstr("img Error by step: error over step. sampled 1."));
}

/// On a map the value under the pointer is said, unless a mark is there that says more.
TEST(ExhibitPage, SaysWhatIsUnderThePointer) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(example()), {.reader = R"js(
      const tip = document.getElementById("tooltip");
      const map = [...document.querySelectorAll("figure")]
        .find((figure) => figure.querySelector("h3").textContent === "Surface");
      const hover = async (target, x, y) => {
        target.dispatchEvent(new MouseEvent("mousemove", { clientX: x, clientY: y, bubbles: true }));
        target.dispatchEvent(new MouseEvent("mouseover", { clientX: x, clientY: y, bubbles: true }));
        await wait(200);
        console.log(tip.hidden ? "nothing" : tip.textContent);
      };
      const box = map.querySelector("g.cells image").getBoundingClientRect();
      await hover(map.querySelector("svg"), box.left + box.width * 0.75, box.top + box.height * 0.5);
      const mark = map.querySelector("[aria-label^='run, point 1']");
      const place = mark.getBoundingClientRect();
      await hover(mark, place.left + place.width / 2, place.top + place.height / 2);)js"});
  ASSERT_THAT(visited.console, SizeIs(2));
  EXPECT_THAT(visited.console[0], HasSubstr("f 1"));
  EXPECT_THAT(visited.console[1], HasSubstr("point 1"));
}

TEST(ExhibitPage, FitsAPhoneInTheDark) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited =
      test::visit(exhibit_page(example()), {.width = 390, .dark = true, .reader = R"js(
        console.log(`wide: ${document.documentElement.scrollWidth}`);)js"});
  ASSERT_THAT(visited.console, SizeIs(1));
  EXPECT_THAT(visited.console[0], HasSubstr("wide: 390"));
}

/// There names go to further lines, and nothing tells of a wheel.
TEST(ExhibitPage, SuitsAFinger) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  Exhibit exhibit = example();
  auto& series = std::get<Curves>(exhibit.figures[0]).series;
  for (const char* name : {"gradient descent", "momentum 0.9", "another momentum"})
    series.push_back({.name = name, .x = {0, 1}, .y = {1, 0.5}});
  const auto seen = [&](bool touch) {
    const test::Visit visited =
        test::visit(exhibit_page(exhibit), {.width = 390, .touch = touch, .reader = R"js(
            const legend = document.querySelector(".legend");
            const hint = document.querySelector(".hint");
            console.log(`${legend.scrollWidth <= legend.clientWidth ? "wrapped" : "scrolls"}, ` +
                        `${getComputedStyle(hint).display}`);)js"});
    return visited.console.empty() ? "" : visited.console.front();
  };
  EXPECT_THAT(seen(true), HasSubstr("\"wrapped, none\""));
  EXPECT_THAT(seen(false), HasSubstr("\"wrapped, block\""));
}

/// The circles of equal value lie around the lowest point, as wide as they are.
TEST(ExhibitPage, DrawsIsolinesWhereTheValuesAre) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(example()), {.reader = R"js(
        for (const path of document.querySelectorAll("g.isoline path")) {
          const box = path.getBBox();
          const height = path.closest("svg").querySelector("g.cells image").getAttribute("height");
          console.log(`${((box.y + box.height / 2) / height).toFixed(2)} of the height`);
        })js"});
  ASSERT_THAT(visited.console, SizeIs(4));
  for (const std::string& line : visited.console) EXPECT_THAT(line, HasSubstr("0.5"));
}

}  // namespace
}  // namespace ravine::report
