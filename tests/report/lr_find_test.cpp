#include "ravine/report/lr_find.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "report/example_run.hpp"

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Thirteen points, a decade in each, the lowest the last but one.
RangeTest example_test() {
  RangeTest test{
      .source = "my data.csv",
      .load = {.target = "price"},
      .architecture = {.kind = train::ModelKind::mlp, .layers = {5, 8, 4, 1}},
      .optimizer = {.name = "momentum", .settings = {{"lr", 0.5}, {"momentum", 0.75}}},
      .options = {.from = {}, .to = {}, .steps = 40, .batch_size = 16, .seed = 3},
      .environment = example_run().environment,
      .result = {.curve = {},
                 .blew_up = true,
                 .suggestion = train::LrSuggestion{.steepest = 0.0123456, .minimum = 0.0625}}};
  for (int i = 0; i < 13; ++i)
    test.result.curve.push_back(
        {.lr = std::pow(10.0, i - 6), .loss = 20.0 - i, .smoothed = i == 12 ? 99 : 20.5 - i});
  return test;
}

TEST(LrFindText, HasTheCurveAndTheCommand) {
  const std::string text = lr_find_text(example_test());
  EXPECT_THAT(text, HasSubstr("my data.csv: mlp 5-8-4-1, momentum:lr=0.5,momentum=0.75, 13 steps "
                              "of 16 examples, until the loss blew up\n"));
  EXPECT_THAT(text, HasSubstr("\n 1e-06    20      20.5\n"));
  EXPECT_THAT(text, HasSubstr("\n 1e+06     8        99\n"));
  EXPECT_THAT(text, HasSubstr("learning rate of 0.0123;"));
  EXPECT_THAT(text, HasSubstr("lowest is 0.0625:"));
  EXPECT_THAT(text, HasSubstr("ravine train --data 'my data.csv' --target price --model mlp "
                              "--hidden 8,4 --activation relu "
                              "--optimizer momentum:lr=0.0123,momentum=0.75 --batch-size 16\n"));
  EXPECT_THAT(text, Not(HasSubstr("still fell")));
}

TEST(LrFindText, SaysWhereTheRangeEndsTooEarly) {
  RangeTest test = example_test();
  test.result.curve.pop_back();
  EXPECT_THAT(lr_find_text(test), HasSubstr("still fell at the end of the range"));
}

TEST(LrFindText, SaysThatNothingIsSuggested) {
  RangeTest test = example_test();
  test.result.suggestion.reset();
  EXPECT_THAT(lr_find_text(test), HasSubstr("the loss does not fall between 1e-06 and 1e+06 by"));
  test.result.curve.clear();
  EXPECT_THAT(lr_find_text(test), HasSubstr("the loss does not fall by more than batches"));
}

TEST(LrFindText, ItsCommandReadsTheDataAlike) {
  RangeTest test = example_test();
  test.load = {.data_dir = "my folder",
               .target = "price",
               .drop = {"city", "the date"},
               .test_fraction = 0.25,
               .seed = 3,
               .missing = data::Missing::drop};
  EXPECT_THAT(
      lr_find_text(test),
      HasSubstr("ravine train --data 'my data.csv' --data-dir 'my folder' --target price "
                "--drop 'city,the date' --missing drop --test-fraction 0.25 --seed 3 --model mlp"));
}

TEST(LrFindText, QuotesWhatAShellWouldTakeApart) {
  RangeTest test = example_test();
  test.source = "it's.csv";
  test.load.task = data::Task::regression;
  EXPECT_THAT(lr_find_text(test), HasSubstr(R"(--data 'it'\''s.csv' )"));
  EXPECT_THAT(lr_find_text(test), HasSubstr("--task regression"));
}

TEST(LrFindJson, HoldsTheSuggestionAndTheCurve) {
  const auto json = nlohmann::json::parse(lr_find_json(example_test()));
  EXPECT_EQ(json["command"], "lr-find");
  EXPECT_EQ(json["suggestion"],
            nlohmann::json::parse(R"({"lr": 0.0123, "steepest": 0.0123456, "minimum": 0.0625})"));
  ASSERT_EQ(json["curve"].size(), 13U);
  EXPECT_EQ(json["curve"][1]["lr"], 1e-5);
  EXPECT_EQ(json["curve"][1]["loss"], 19.0);
  EXPECT_EQ(json["curve"][1]["smoothed"], 19.5);
  EXPECT_EQ(json["blew_up"], true);
  EXPECT_EQ(json["optimizer"]["momentum"], 0.75);
}

TEST(LrFindCsv, ReadsBackAsTheSameNumbers) {
  RangeTest test = example_test();
  test.result.curve.resize(2);
  test.result.curve[1].loss = 0.1 + 0.2;
  EXPECT_EQ(lr_find_csv(test), "lr,loss,smoothed\n1e-06,20,20.5\n1e-05,0.30000000000000004,19.5\n");
}

}  // namespace
}  // namespace ravine::report
