#include "ravine/report/sweep_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/report/table.hpp"

namespace ravine::report {
namespace {

using testing::ElementsAre;

const std::vector<compare::Running> running{
    {.entry = {0, 1}, .key = {.point = {{"lr", 0.1}}, .seed = 0}, .epoch = 1, .epochs = 4},
    {.entry = {0, 0}, .key = {.seed = 3}, .fresh = true, .epoch = 3, .epochs = 4}};

SweepContext context() {
  return {.data = {"digits"}, .contenders = {{"sgd"}, {"adam"}}, .seconds = 10};
}

TEST(SweepLines, ShowWhatIsUnderWayAndTheTimeLeft) {
  const compare::SweepState state{.done = 4, .expected = 10, .running = running};
  const auto lines = sweep_lines(state, context());
  // Five runs' worth in ten seconds, five to go.
  EXPECT_THAT(lines[0], testing::MatchesRegex("4/10 runs  .*  0:10 left"));
  EXPECT_EQ(lines[1], "  digits  adam lr=0.1  trial  epoch 1/4");
  EXPECT_EQ(lines[2], "  digits  sgd  seed 3  epoch 3/4");
}

TEST(SweepLines, CountOnlyWhatWasMadeSinceTheBeginning) {
  SweepContext resumed = context();
  resumed.done_before = 4;
  const compare::SweepState state{.done = 5, .expected = 10, .running = {}};
  EXPECT_EQ(seconds_left(state, resumed), 50);
  resumed.done_before = 5;
  EXPECT_FALSE(seconds_left(state, resumed).has_value());
  const compare::SweepState over{.done = 10, .expected = 10, .running = {}};
  EXPECT_EQ(seconds_left(over, resumed), 0);
}

TEST(SweepLines, FitTheTerminal) {
  const compare::SweepState state{.done = 4, .expected = 10, .running = running};
  for (const std::size_t columns : {20U, 30U, 80U, 200U}) {
    SweepContext narrow = context();
    narrow.columns = columns;
    for (const std::string& line : sweep_lines(state, narrow))
      EXPECT_LT(display_width(line), columns);
  }
}

}  // namespace
}  // namespace ravine::report
