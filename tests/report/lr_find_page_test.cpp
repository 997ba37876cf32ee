#include "ravine/report/lr_find_page.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "report/example_run.hpp"
#include "support/browser.hpp"

// What a reader sees of a range test's page, held against its curve.

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Eleven steps from 1e-5 to 1, half a decade apart.
RangeTest example_test() {
  RangeTest test{.source = "<my> data.csv",
                 .load = {},
                 .architecture = example_run().architecture,
                 .optimizer = {.name = "momentum", .settings = {{"momentum", 0.75}}},
                 .options = {.from = {}, .to = {}, .steps = 11, .batch_size = 16, .seed = 3},
                 .environment = example_run().environment,
                 .result = {}};
  for (int i = 0; i < 11; ++i)
    test.result.curve.push_back(
        {.lr = std::pow(10.0, i / 2.0 - 5), .loss = 20.0 - i, .smoothed = 20 - i / 2.0});
  test.result.suggestion = train::LrSuggestion{.steepest = 0.01, .minimum = 0.1};
  return test;
}

test::Visit visit(const RangeTest& test) { return test::visit(lr_find_page(test)); }

TEST(LrFindPage, DrawsTheCurveAndTheSuggestion) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = visit(example_test());
  EXPECT_THAT(visited.console, IsEmpty());
  EXPECT_THAT(visited.fetched, IsEmpty());
  const std::string_view figure = test::part_of(visited.dom, "<figure", "</figure>");
  EXPECT_THAT(test::labels_of(figure, "loss"), SizeIs(11));
  EXPECT_THAT(test::labels_of(figure, "smoothed"), SizeIs(11));
  const auto suggested = test::labels_of(figure, "suggestion");
  ASSERT_THAT(suggested, SizeIs(1));
  EXPECT_THAT(suggested[0], HasSubstr("suggested learning rate 0.01"));
  // Decades are equally wide, and a smaller loss is lower.
  const auto place = [&](const char* label) { return test::place_of(figure, label); };
  const test::Place first = place("smoothed, step 1, learning rate 1e-5, loss 20");
  const test::Place middle = place("smoothed, step 6, learning rate 0.003162, loss 17.5");
  const test::Place last = place("smoothed, step 11, learning rate 1, loss 15");
  EXPECT_NEAR(middle.x - first.x, last.x - middle.x, 0.5);
  EXPECT_NEAR(middle.y - first.y, last.y - middle.y, 0.5);
  EXPECT_GT(last.y, first.y);
  EXPECT_THAT(std::string(test::part_of(visited.dom, "<div id=\"summary\"", "</div>")),
              HasSubstr("a learning rate of 0.01;"));
}

TEST(LrFindPage, OpensWithoutASuggestionAndWithoutACurve) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  RangeTest test = example_test();
  test.result.suggestion.reset();
  const test::Visit none = visit(test);
  EXPECT_THAT(none.console, IsEmpty());
  EXPECT_THAT(none.dom, HasSubstr("No learning rate is suggested"));
  EXPECT_THAT(test::labels_of(none.dom, "suggestion"), IsEmpty());
  test.result.curve.clear();
  EXPECT_THAT(visit(test).console, IsEmpty());
}

}  // namespace
}  // namespace ravine::report
