#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "data/files.hpp"
#include "ravine/report/comparison_json.hpp"
#include "ravine/report/comparison_page.hpp"
#include "ravine/tensor/text.hpp"
#include "report/example_comparison.hpp"
#include "support/browser.hpp"

// What a reader sees of a comparison's page, held against its results.

namespace ravine::report {
namespace {

using json = nlohmann::ordered_json;
using test::labels_of;
using test::part_of;
using test::Visit;
using test::VisitOptions;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

const json& results() {
  static const json read =
      json::parse(data::testing::content_of(RAVINE_TEST_DATA "/report/page_results.json"));
  return read;
}

class PageInBrowser : public testing::Test {
 protected:
  void SetUp() override {
    if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  }

  static Visit visit(const VisitOptions& options = {}) {
    return test::visit(comparison_page(results().dump()), options);
  }
  /// As it is opened at first; tests that only look share one visit.
  static const Visit& plain() {
    static const Visit once = visit();
    return once;
  }
};

/// Without the scripts, which hold the same words.
std::string_view main_of(const Visit& visit) { return part_of(visit.dom, "<main>", "</main>"); }
/// What a reader's script has told by `document.body.dataset`.
std::string_view told(const Visit& visit) { return part_of(visit.dom, "<body", ">"); }

std::string_view section(std::string_view dom, const std::string& name) {
  return part_of(dom, "<h2>" + name + "</h2>", "</section>");
}
std::string_view figure(std::string_view section, const std::string& title) {
  return part_of(section, "<h3>" + title + "</h3>", "</figure>");
}

std::size_t count_of(const std::vector<std::string>& labels, const std::string& beginning) {
  const auto starts = [&](const std::string& label) { return label.starts_with(beginning); };
  return static_cast<std::size_t>(std::ranges::count_if(labels, starts));
}

void expect_undisturbed(const Visit& visit) {
  EXPECT_THAT(visit.console, IsEmpty());
  EXPECT_THAT(visit.fetched, IsEmpty());
}

TEST_F(PageInBrowser, LogsAndFetchesNothing) { expect_undisturbed(plain()); }

TEST_F(PageInBrowser, TheBrowserTellsWhatAPageLogsAndFetches) {
  const Visit seen = test::visit(
      "<!DOCTYPE html><body><img src=\"http://ravine.invalid/a.png\">"
      "<script>missing();</script></body>");
  EXPECT_THAT(seen.console, ElementsAre(HasSubstr("missing is not defined")));
  EXPECT_THAT(seen.fetched, ElementsAre("http://ravine.invalid/a.png"));
}

TEST_F(PageInBrowser, SaysWhatWasDoneAndOnWhat) {
  const std::string_view header = part_of(plain().dom, "<header>", "</header>");
  for (const char* fact :
       {"A Processor &lt;3 GHz&gt;", "SkylakeX", "ravine 0.1.0", "2 runs side by side, 1 thread",
        "2 trials an optimizer, quasi search, hopeless ones stopped early; 4 of adam on digits, "
        "whose space was widened; 1 of sgd:momentum=0 on "
        "a&amp;b&lt;/script&gt;&lt;!--&lt;b&gt;.csv, "
        "whose space holds no more",
        "3 epochs", "20 % of the training data", "7 for the trials, 8 to 10 for", "log gap",
        "0.1 to 0.316 (2 trials)"})
    EXPECT_THAT(header, HasSubstr(fact));
  EXPECT_THAT(section(plain().dom, "digits"), HasSubstr("1,150 examples to train on, 288 for"));
}

TEST_F(PageInBrowser, TheTableHasARowAnOptimizer) {
  const std::string_view table = part_of(section(plain().dom, "digits"), "<tbody>", "</tbody>");
  const std::string_view adam = part_of(table, "<strong>adam</strong>", "</tr>");
  for (const char* cell : {"0.9600 ± 0.0014", "0.9590 to 0.9610", "0.9000 ± 0.0030",
                           "lr=0.01 beta1=0.85", "2 of 3", "1.4"})
    EXPECT_THAT(adam, HasSubstr(cell));
  const std::string_view sgd = part_of(table, "<span>sgd:momentum=0</span>", "</tr>");
  EXPECT_THAT(sgd, AllOf(HasSubstr("0.9412 ± 0.0020"), HasSubstr("–<small>0 of 3")));
  const std::string_view other = section(plain().dom, "a&amp;b&lt;/script&gt;&lt;!--&lt;b&gt;.csv");
  EXPECT_THAT(other, HasSubstr("<td>4.50</td><td>4.50</td>"));  // as many decimals as it is told
}

TEST_F(PageInBrowser, PairsOfTooFewSeedsTellNothing) {
  const std::string_view pairs =
      part_of(section(plain().dom, "digits"), "<summary>Every two, paired", "</details>");
  EXPECT_THAT(pairs, HasSubstr("<td>0.0188</td><td>–</td><td>2</td><td class=\"text\">too few "
                               "seeds to tell</td>"));
}

TEST_F(PageInBrowser, SaysThatNothingWasTuned) {
  json untuned = results();
  untuned["protocol"]["trials"] = 1;
  for (json& data : untuned["data"])
    for (json& optimizer : data["optimizers"]) {
      optimizer["trials"] = json::array();
      optimizer["widened"] = json::array();
      optimizer["at_edge"] = false;
      optimizer["diverged_trials"] = optimizer["stopped_trials"] = 0;
      optimizer["budget"].erase(optimizer["budget"].begin() + 1, optimizer["budget"].end());
    }
  const Visit seen = test::visit(comparison_page(untuned.dump()));
  expect_undisturbed(seen);
  const std::string_view header = part_of(seen.dom, "<header>", "</header>");
  EXPECT_THAT(header, AllOf(HasSubstr("<dd>nothing tuned</dd>"), HasSubstr("<dd>8 to 10 for")));
  EXPECT_THAT(header, Not(HasSubstr("Search spaces")));
  for (const char* of_tuning :
       {"tuned and", ", tuned<", ">Tuned<", "efaults<", "the defaults", "Filled"})
    EXPECT_THAT(main_of(seen), Not(HasSubstr(of_tuning)));
  const std::string_view part = section(seen.dom, "digits");
  const std::string_view adam = part_of(part, "<strong>adam</strong>", "</tr>");
  EXPECT_THAT(adam, AllOf(HasSubstr("0.9600 ± 0.0014"), HasSubstr("<td>0.03</td>")));
  EXPECT_THAT(part_of(part, "<thead>", "</thead>"),
              AllOf(HasSubstr(">Training loss<"), HasSubstr(">Hyper-parameters<")));
  const std::string_view result = figure(part, "Test accuracy");
  EXPECT_THAT(labels_of(result, "tuned"),
              ElementsAre("adam, mean test accuracy 0.96, 95 % interval 0.959 to 0.961, runs 2",
                          HasSubstr("sgd:momentum=0, mean test accuracy 0.9412")));
  EXPECT_THAT(labels_of(result, "defaults"), IsEmpty());
}

/// What the program writes has all that the page reads, under the same names.
TEST_F(PageInBrowser, OfTheProgramsOwnResultsShowsThemAll) {
  const std::string written = comparison_json(example_results().results);
  const Visit seen = test::visit(comparison_page(written));
  expect_undisturbed(seen);
  EXPECT_THAT(seen.dom, Not(AnyOf(HasSubstr(">undefined<"), HasSubstr(">NaN<"))));
  const std::string_view part = section(seen.dom, "digits");
  const json data = json::parse(written)["data"][0];
  std::size_t trials = 0, failed = 0, hits = 0, misses = 0, points = 0, budgets = 0;
  for (const json& optimizer : data["optimizers"]) {
    for (const json& trial : optimizer["trials"])
      ++(trial["validation_accuracy"].is_null() ? failed : trials);
    for (const json& run : optimizer["runs"]) ++(run["steps_to_target"].is_null() ? misses : hits);
    points += optimizer["curve"].size();
    budgets += optimizer["budget"].size();
  }
  ASSERT_THAT((std::array{trials, failed, hits, points, budgets}), Each(Gt(0U)));
  const auto marks = [&](const char* title, const char* name) {
    return labels_of(figure(part, title), name).size();
  };
  EXPECT_EQ(marks("Validation accuracy by learning rate", "trials"), trials);
  EXPECT_EQ(marks("Validation accuracy by learning rate", "failed"), failed);
  EXPECT_EQ(marks("Time to target", "hits"), hits);
  EXPECT_EQ(marks("Time to target", "misses"), misses);
  for (const char* title : {"Training loss", "Validation loss", "Validation accuracy"})
    EXPECT_EQ(marks(title, "points"), points) << title;
  EXPECT_EQ(marks("Test accuracy by tuning budget", "points"), budgets);
  for (const char* name : {"tuned", "tuned_intervals", "defaults", "default_intervals"})
    EXPECT_EQ(marks("Test accuracy, tuned and at the defaults", name), 3U) << name;
  EXPECT_THAT(labels_of(figure(part, "Test accuracy, tuned and at the defaults"), "tuned"),
              Contains("adam:eps=1e-07, setting tuned, mean test accuracy 0.972, 95 % interval "
                       "0.9681 to 0.9759, runs 5"));
  EXPECT_THAT(part, AllOf(HasSubstr("<td>-0.0020</td><td>-0.0051 to 0.0011</td><td>5</td>"
                                    "<td class=\"text\">within noise</td>"),
                          HasSubstr("<td>0.0290</td><td>0.0251 to 0.0329</td><td>5</td>"
                                    "<td class=\"text\">beyond noise</td>")));
}

TEST_F(PageInBrowser, NotesNameWhatWentWrong) {
  EXPECT_THAT(section(plain().dom, "digits"),
              HasSubstr("adam: 1 of 3 runs diverged; 1 of 4 trials diverged; 1 of 4 trials stopped "
                        "early; best value at the edge of the search space"));
  json lucky = results();
  lucky["data"][0]["optimizers"][0]["lucky"] = true;
  EXPECT_THAT(section(test::visit(comparison_page(lucky.dump()), {}).dom, "digits"),
              HasSubstr("selected by luck"));
  EXPECT_THAT(section(plain().dom, "digits"), Not(HasSubstr("selected by luck")));
  EXPECT_THAT(section(plain().dom, "a&amp;b&lt;/script&gt;&lt;!--&lt;b&gt;.csv"),
              HasSubstr("adam: 3 of 3 runs diverged at the defaults; 2 of 2 trials diverged"));
}

TEST_F(PageInBrowser, CurvesHaveAPointAnEpochALineAndABand) {
  for (const auto& data : results()["data"]) {
    const bool first = data["name"] == "digits";
    const std::string_view part =
        section(plain().dom, first ? "digits" : "a&amp;b&lt;/script&gt;&lt;!--&lt;b&gt;.csv");
    const std::string metric = first ? "Validation accuracy" : "Validation rmse";
    for (const std::string& title :
         {std::string("Training loss"), std::string("Validation loss"), metric}) {
      SCOPED_TRACE(title);
      const std::string_view chart = figure(part, title);
      for (const auto& optimizer : data["optimizers"]) {
        const std::string name = optimizer["name"];
        const std::size_t epochs = optimizer["curve"].size();
        EXPECT_EQ(count_of(labels_of(chart, "points"), name + ", epoch "), epochs);
        EXPECT_EQ(count_of(labels_of(chart, "line"), name + ", line"), epochs > 0 ? 1 : 0);
        EXPECT_EQ(count_of(labels_of(chart, "band"), name + ", band"), epochs > 0 ? 1 : 0);
      }
    }
  }
}

/// Where along `low` to `high` a value lies.
double share(double low, double value, double high) { return (value - low) / (high - low); }

TEST_F(PageInBrowser, PointsOfACurveStandAtTheirValues) {
  const std::string_view chart = figure(section(plain().dom, "digits"), "Validation accuracy");
  const auto place = [&](int epoch, const char* steps, const char* seconds, const char* median,
                         const char* quartiles) {
    return test::place_of(
        chart, text("adam, epoch ", epoch, ", steps ", steps, ", seconds ", seconds, ", median ",
                    median, ", quartiles ", quartiles, ", runs 2"));
  };
  const auto first = place(1, "36", "0.003", "0.7", "0.69 to 0.71");
  const auto second = place(2, "72", "0.006", "0.95", "0.94 to 0.96");
  const auto third = place(3, "108", "0.009", "0.96", "0.95 to 0.97");
  EXPECT_NEAR(share(first.x, second.x, third.x), 0.5, 1e-6);
  EXPECT_NEAR(share(first.y, second.y, third.y), 0.25 / 0.26, 1e-6);
  EXPECT_GT(first.y, third.y);
}

TEST_F(PageInBrowser, EveryTrialHasAMarkAtItsLearningRate) {
  const std::string_view chart =
      figure(section(plain().dom, "digits"), "Validation accuracy by learning rate");
  EXPECT_THAT(labels_of(chart, "trials"),
              ElementsAre("adam, trial 1, settings lr=0.001, validation accuracy 0.91",
                          "adam, trial 2, settings lr=0.01 beta1=0.85, validation accuracy 0.97",
                          "sgd:momentum=0, trial 1, settings lr=0.01, validation accuracy 0.82",
                          "sgd:momentum=0, trial 2, settings lr=0.5, validation accuracy 0.945"));
  const std::string diverged = "adam, trial 3, settings lr=0.1 beta1=0.5, outcome diverged";
  const std::string stopped = "adam, trial 4, settings lr=1e-4 beta1=0.5, outcome stopped";
  EXPECT_THAT(labels_of(chart, "failed"), ElementsAre(diverged, stopped));
  // Each decade is as wide as the next, and what failed is below all else.
  const auto at = [&](const std::string& label) { return test::place_of(chart, label); };
  const auto second = at(labels_of(chart, "trials")[1]);
  EXPECT_NEAR(share(at(stopped).x, second.x, at(diverged).x), 2.0 / 3, 1e-6);
  EXPECT_NEAR(at(diverged).y, at(stopped).y, 1e-9);
  for (const std::string& label : labels_of(chart, "trials"))
    EXPECT_LT(at(label).y, at(diverged).y);
}

/// By hand: the best, 0.97, and three times as far as the median, 0.91, end at 0.79; halves of a
/// tenth below that are 0.75.
TEST_F(PageInBrowser, ATrialThatIsFarWorseDoesNotHideWhatTheOthersDiffer) {
  json one_worse = results();
  json& trial = one_worse["data"][0]["optimizers"][1]["trials"][0];
  ASSERT_EQ(trial["validation_accuracy"], 0.82);
  trial["validation_accuracy"] = 0.1;
  const Visit seen = test::visit(comparison_page(one_worse.dump()));
  expect_undisturbed(seen);
  const std::string_view chart =
      figure(section(seen.dom, "digits"), "Validation accuracy by learning rate");
  EXPECT_THAT(chart,
              HasSubstr("The axis begins at 0.75. 1 of 4 are worse than it shows: hollow, at "
                        "the border."));
  const auto at = [&](const std::string& label) { return test::place_of(chart, label); };
  const std::vector<std::string> trials = labels_of(chart, "trials");
  const std::string worse = "sgd:momentum=0, trial 1, settings lr=0.01, validation accuracy 0.1";
  ASSERT_THAT(trials, Contains(worse));
  EXPECT_THAT(part_of(chart, "aria-label=\"" + worse, "></path>"), HasSubstr("fill-opacity=\"0\""));
  EXPECT_LT(at(worse).y, at(labels_of(chart, "failed")[0]).y);
  // From 0.91 to 0.97 is more than a fifth of the picture's height, and not a twelfth.
  const double height = at(labels_of(chart, "failed")[0]).y;
  EXPECT_GT(at(trials[0]).y - at(trials[1]).y, height / 5);
  EXPECT_GT(at(worse).y, at(trials[0]).y);
}

TEST_F(PageInBrowser, CaptionsSayWhereAnAxisDoesNotBeginAtZero) {
  const std::string_view part = section(plain().dom, "digits");
  for (const char* title : {"Test accuracy, tuned and at the defaults", "Validation accuracy",
                            "Validation accuracy by learning rate"})
    EXPECT_THAT(figure(part, title), HasSubstr(" The axis begins at 0.")) << title;
  for (const char* title : {"Time to target", "Training loss"})
    EXPECT_THAT(figure(part, title), Not(HasSubstr("The axis begins"))) << title;
}

TEST_F(PageInBrowser, MissesAreShownAsSuch) {
  const std::string_view chart = figure(section(plain().dom, "digits"), "Time to target");
  EXPECT_THAT(labels_of(chart, "hits"),
              ElementsAre("adam, seed 1, steps 72, epochs 2, seconds 0.006",
                          "adam, seed 2, steps 72, epochs 2, seconds 0.0061"));
  EXPECT_THAT(labels_of(chart, "misses"), ElementsAre("adam, seed 3, target missed, diverged",
                                                      "sgd:momentum=0, seed 1, target missed",
                                                      "sgd:momentum=0, seed 2, target missed",
                                                      "sgd:momentum=0, seed 3, target missed"));
  EXPECT_THAT(labels_of(chart, "medians"), SizeIs(1));
  EXPECT_THAT(chart, AllOf(HasSubstr(">2 of 3</text>"), HasSubstr(">0 of 3</text>")));
  const auto hit = test::place_of(chart, labels_of(chart, "hits")[0]);
  for (const std::string& label : labels_of(chart, "misses"))
    EXPECT_GT(test::place_of(chart, label).x, hit.x) << label;
}

TEST_F(PageInBrowser, MeansHaveTheirIntervals) {
  const std::string_view part = section(plain().dom, "digits");
  const std::string_view result = figure(part, "Test accuracy, tuned and at the defaults");
  const std::string tuned =
      "adam, setting tuned, mean test accuracy 0.96, 95 % interval 0.959 to 0.961, runs 2";
  EXPECT_THAT(labels_of(result, "tuned"), AllOf(SizeIs(2), Contains(tuned)));
  EXPECT_THAT(labels_of(result, "tuned_intervals"), AllOf(SizeIs(2), Contains(tuned)));
  EXPECT_THAT(labels_of(result, "defaults"), SizeIs(2));
  const std::string_view budget = figure(part, "Test accuracy by tuning budget");
  EXPECT_THAT(labels_of(budget, "points"), SizeIs(4));
  EXPECT_THAT(labels_of(budget, "intervals"),
              Contains("sgd:momentum=0, trials 2, test accuracy 0.9412, 95 % interval 0.94 to "
                       "0.943, runs 3"));
}

TEST_F(PageInBrowser, ProfilesAreOverAllData) {
  const std::string_view chart =
      figure(section(plain().dom, "Over all data"), "Performance profiles");
  EXPECT_THAT(labels_of(chart, "line"), ElementsAre("adam, line", "sgd:momentum=0, line"));
  EXPECT_THAT(labels_of(chart, "points"), SizeIs(2 + 3));
}

TEST_F(PageInBrowser, OneDatasetHasNoProfiles) {
  json one = results();
  one["data"].erase(1);
  one["profiles"] = json::array();
  const Visit seen = test::visit(comparison_page(one.dump()));
  expect_undisturbed(seen);
  EXPECT_THAT(main_of(seen), AllOf(HasSubstr("<h2>digits</h2>"), Not(HasSubstr("Over all data"))));
}

TEST_F(PageInBrowser, EveryCaptionSaysNAndWhatTheBandIs) {
  const std::string_view dom = plain().dom;
  std::size_t captions = 0;
  for (std::size_t at = 0; (at = dom.find("<figcaption>", at)) != dom.npos; ++at, ++captions)
    EXPECT_THAT(part_of(dom, "<figcaption>", "</figcaption>", at),
                AllOf(HasSubstr("n = "), testing::ContainsRegex("band|interval")));
  // Seven of digits; of the other, which has one budget and no learning rates, five; profiles.
  EXPECT_EQ(captions, 7 + 5 + 1);
}

constexpr const char* tell_colours =
    "document.body.dataset.colours = getComputedStyle(document.body).backgroundColor + ' ' +"
    "getComputedStyle(document.querySelector('.role-axis-label text')).fill;";

TEST_F(PageInBrowser, FollowsLightAndDark) {
  const Visit light = visit({.reader = tell_colours});
  const Visit dark = visit({.dark = true, .reader = tell_colours});
  expect_undisturbed(light);
  expect_undisturbed(dark);
  EXPECT_THAT(told(light), HasSubstr("data-colours=\"rgb(255, 255, 255) rgb(92, 99, 107)\""));
  EXPECT_THAT(told(dark), HasSubstr("data-colours=\"rgb(21, 24, 27) rgb(161, 168, 176)\""));
}

TEST_F(PageInBrowser, FitsAPhone) {
  const Visit phone = visit({.width = 390, .reader = R"js(
      const root = document.documentElement;
      const right = (element) => element.getBoundingClientRect().right;
      const charts = [...document.querySelectorAll("svg")];
      const box = document.querySelector("section .scroll");
      document.body.dataset.phone = [
        innerWidth, root.scrollWidth, charts.every((chart) => right(chart) <= innerWidth),
        charts.every((chart) => chart.clientWidth > 300), box.scrollWidth > box.clientWidth,
      ].join(" ");)js"});
  expect_undisturbed(phone);
  EXPECT_THAT(told(phone), HasSubstr("data-phone=\"390 390 true true true\""));
}

TEST_F(PageInBrowser, ANameHidesItsOptimizerInAllCharts) {
  const Visit hidden = visit({.reader = R"js(
      document.querySelector(".legend button").click();
      await wait(500);)js"});
  expect_undisturbed(hidden);
  EXPECT_THAT(main_of(hidden), Not(HasSubstr("aria-label=\"adam, ")));
  EXPECT_THAT(main_of(hidden), HasSubstr("aria-label=\"sgd:momentum=0, "));
  EXPECT_THAT(main_of(hidden), HasSubstr("aria-pressed=\"false\""));
}

TEST_F(PageInBrowser, HidingTheLastOneShowsAll) {
  const Visit all = visit({.reader = R"js(
      for (const button of document.querySelectorAll(".legend button")) button.click();
      await wait(500);)js"});
  expect_undisturbed(all);
  EXPECT_THAT(main_of(all),
              AllOf(HasSubstr("aria-label=\"adam, "), HasSubstr("\"sgd:momentum=0, ")));
  EXPECT_THAT(main_of(all), Not(HasSubstr("aria-pressed=\"false\"")));
}

TEST_F(PageInBrowser, ProgressIsToldInWhatOneChooses) {
  EXPECT_THAT(figure(section(plain().dom, "digits"), "Training loss"), HasSubstr(">steps</text>"));
  const Visit chosen = visit({.reader = R"js(
      document.querySelector("input[value=seconds]").click();
      await wait(500);)js"});
  expect_undisturbed(chosen);
  const std::string_view part = section(chosen.dom, "digits");
  EXPECT_THAT(figure(part, "Training loss"),
              AllOf(HasSubstr(">seconds</text>"), Not(HasSubstr(">steps</text>"))));
  const std::string_view time = figure(part, "Time to target");
  const auto hits = labels_of(time, "hits");
  ASSERT_THAT(hits, SizeIs(2));
  EXPECT_LT(test::place_of(time, hits[0]).x, test::place_of(time, hits[1]).x);
}

/// What a reader does in the chart of the validation accuracy, as events of the mouse.
constexpr const char* mouse = R"js(
    const heading = [...document.querySelectorAll("h3")]
      .find((h3) => h3.textContent === "Validation accuracy");
    const chart = heading.parentElement.querySelector("svg");
    chart.scrollIntoView();
    const box = chart.getBoundingClientRect();
    const mouse = (type, x, y, target = chart, more = {}) => target.dispatchEvent(
      new (type === "wheel" ? WheelEvent : MouseEvent)(type, {
        bubbles: true, cancelable: true, view: window, clientX: box.left + x * box.width,
        clientY: box.top + y * box.height, ...more }));
    const labels = () => [...chart.querySelectorAll(".role-axis-label text")]
      .map((text) => text.textContent).sort().join(" ");
    const before = labels();
    const tell = (key, value) => document.body.dataset[key] = value;
)js";

TEST_F(PageInBrowser, DraggingZoomsInAndADoubleClickResets) {
  const Visit seen = visit({.reader = text(mouse, R"js(
      mouse("mousedown", 0.4, 0.3);
      mouse("mousemove", 0.7, 0.6, window);
      await wait(200);
      mouse("mouseup", 0.7, 0.6, window);
      await wait(200);
      tell("zoomed", labels() !== before);
      mouse("dblclick", 0.5, 0.5);
      await wait(200);
      tell("reset", labels() === before);)js")});
  expect_undisturbed(seen);
  EXPECT_THAT(told(seen),
              AllOf(HasSubstr("data-zoomed=\"true\""), HasSubstr("data-reset=\"true\"")));
}

TEST_F(PageInBrowser, TheWheelZoomsWithControlAlone) {
  const Visit seen = visit({.reader = text(mouse, R"js(
      const scrolls = mouse("wheel", 0.5, 0.5, chart, { deltaY: -400 });
      await wait(200);
      tell("scrolled", scrolls && labels() === before);
      const goesOn = mouse("wheel", 0.5, 0.5, chart, { deltaY: -400, ctrlKey: true });
      await wait(200);
      tell("zoomed", !goesOn && labels() !== before);)js")});
  expect_undisturbed(seen);
  EXPECT_THAT(told(seen),
              AllOf(HasSubstr("data-scrolled=\"true\""), HasSubstr("data-zoomed=\"true\"")));
}

TEST_F(PageInBrowser, HoveringTellsTheValues) {
  const Visit seen = visit({.reader = text(mouse, R"js(
      const point = chart.querySelector("[aria-label^='adam, epoch 2']");
      mouse("mousemove", 0.5, 0.5, point);
      mouse("mouseover", 0.5, 0.5, point);
      await wait(200);)js")});
  expect_undisturbed(seen);
  const std::string_view tooltip = part_of(seen.dom, "<div id=\"tooltip\"", "</div></div>");
  EXPECT_THAT(tooltip, Not(HasSubstr("hidden")));
  EXPECT_THAT(tooltip,
              AllOf(HasSubstr("<strong>adam</strong>"), HasSubstr("<span>median</span> 0.95"),
                    HasSubstr("<span>quartiles</span> 0.94 to 0.96")));
}

}  // namespace
}  // namespace ravine::report
