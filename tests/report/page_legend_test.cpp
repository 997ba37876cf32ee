#include <gmock/gmock.h>

#include "ravine/lab/expression.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/report/lab/oscillator.hpp"
#include "ravine/report/lab/trajectories.hpp"
#include "ravine/tensor/text.hpp"
#include "support/browser.hpp"

// The legend on pages of the lab: what it hides, what it shows again, and how it tells names apart.

namespace ravine::report {
namespace {

using testing::AllOf;
using testing::Each;
using testing::SizeIs;

Exhibit curves_of(std::size_t curvatures) {
  lab::OscillatorOptions options{.curvatures = {}, .steps = 40};
  for (std::size_t k = 1; k <= curvatures; ++k)
    options.curvatures.push_back(static_cast<double>(k * k));
  return oscillator_exhibit(lab::oscillator(options));
}

Exhibit paths() {
  const lab::Surface& surface = lab::find_surface("himmelblau");
  Descent descent{.function = surface.function, .surface = &surface, .steps = 30, .runs = {}};
  for (const optim::Spec& spec : optim::parse_specs("sgd:lr=0.01,momentum:lr=0.002,adam:lr=0.1"))
    descent.runs.push_back(
        {spec, lab::trajectory(lab::Expression(surface.function), surface.start,
                               {.optimizer = spec.name, .settings = spec.settings, .steps = 30})});
  return trajectories_exhibit(descent);
}

/// Of each name of the legend in turn: the marks there are of it, while it is hidden, and after;
/// whether the others' marks are where they were in the end. Then all but one are hidden, and all.
constexpr const char* click_through = R"js(
    const buttons = [...document.querySelectorAll(".legend button")];
    const marks = (name) => [...document.querySelectorAll(`svg [aria-label^="${name},"]`)];
    const picture = () => [...document.querySelectorAll("svg path, svg line, svg text")]
      .map((mark) => ["d", "transform", "x2", "y2"].map((at) => mark.getAttribute(at)).join() +
                     mark.textContent).sort().join(";");
    const before = picture();
    const click = async (button) => { button.click(); await wait(150); };
    const told = [];
    for (const button of buttons) {
      const name = button.lastChild.textContent.trim();
      const count = marks(name).length;
      await click(button);
      const hidden = marks(name).length;
      await click(button);
      told.push(`${count > 0 ? "drawn" : "missing"} ${hidden} ` +
                `${marks(name).length === count && picture() === before ? "as before" : "changed"}`);
    }
    for (const button of buttons) await click(button);
    told.push(picture() === before ? "drawn 0 as before" : "changed by hiding all");
    document.body.dataset.told = told.join(";");)js";

/// What a script has told by `document.body.dataset.told`, parts with a semicolon between.
std::vector<std::string_view> told(const test::Visit& visit) {
  constexpr std::string_view opening = "data-told=\"";
  const std::size_t begin = visit.dom.find(opening) + opening.size();
  return split(std::string_view(visit.dom).substr(begin, visit.dom.find('"', begin) - begin), ';');
}

TEST(PageLegend, HidesCurvesAndShowsThemAgain) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(curves_of(3)), {.reader = click_through});
  EXPECT_THAT(visited.console, testing::IsEmpty());
  EXPECT_THAT(told(visited), AllOf(SizeIs(5), Each("drawn 0 as before")));
}

TEST(PageLegend, HidesPathsAndShowsThemAgain) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::visit(exhibit_page(paths()), {.reader = click_through});
  EXPECT_THAT(visited.console, testing::IsEmpty());
  EXPECT_THAT(told(visited), AllOf(SizeIs(4), Each("drawn 0 as before")));
}

/// Colours come again after seven: no two names share colour, dash and shape, in the legend or the
/// lines, in light or dark.
TEST(PageLegend, TellsMoreNamesApartThanThereAreColours) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  for (const bool dark : {false, true}) {
    const test::Visit visited =
        test::visit(exhibit_page(curves_of(15)), {.dark = dark, .reader = R"js(
            const looks = (marks, of) => new Set(marks.map(of)).size;
            const buttons = [...document.querySelectorAll(".legend button")];
            const swatch = (button) => {
              const series = button.querySelector(".series");
              const dashes = series.querySelector("path").getAttribute("stroke-dasharray");
              return [getComputedStyle(series).color, dashes, series.textContent].join();
            };
            const names = buttons.map((button) => button.lastChild.textContent.trim());
            const drawn = [...document.querySelectorAll("figure")][1];
            const paths = [...drawn.querySelectorAll("g.line path[aria-label$=', line']")];
            const line = (path) => [getComputedStyle(path).stroke, path.getAttribute(
              "stroke-dasharray"), path.getAttribute("stroke-width")].join();
            document.body.dataset.told =
              `${looks(buttons, swatch)} of ${names.length};${looks(paths, line)} of ` +
              paths.length;)js"});
    EXPECT_THAT(visited.console, testing::IsEmpty());
    // The theory's curve has a name, too. Each curvature has a run and a prediction.
    EXPECT_THAT(told(visited), testing::ElementsAre("16 of 16", "30 of 30"));
  }
}

}  // namespace
}  // namespace ravine::report
