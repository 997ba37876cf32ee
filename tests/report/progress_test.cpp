#include "ravine/report/progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/report/table.hpp"

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// A quarter of the second of three epochs, in 2 s: a whole epoch takes 8 s, and 1.75 are left.
const train::StepReport quarter{.step = 125,
                                .epoch = 2,
                                .step_of_epoch = 25,
                                .steps_per_epoch = 100,
                                .loss = 0.123456,
                                .lr = 0.1};
const BarContext context{
    .seconds = 2, .epochs = 3, .examples = 3200, .last = {}, .columns = 80, .colour = false};

TEST(ProgressBar, ShowsShareLossSpeedAndTimeLeft) {
  EXPECT_EQ(progress_bar(quarter, context),
            "epoch 2/3  ━━━━━───────────────  loss 0.1235  lr 0.1  400 examples/s  0:14 left");
}

TEST(ProgressBar, ShowsTheMetricOfTheEpochBefore) {
  BarContext with_metric = context;
  with_metric.last = train::Metrics{.loss = 1, .accuracy = 0.98765, .rmse = {}, .r2 = {}};
  EXPECT_THAT(progress_bar(quarter, with_metric), HasSubstr("accuracy 0.9877"));
  with_metric.last = train::Metrics{.loss = 1, .accuracy = {}, .rmse = 4.8, .r2 = {}};
  EXPECT_THAT(progress_bar(quarter, with_metric), HasSubstr("rmse 4.8"));
}

TEST(ProgressBar, FitsTheTerminal) {
  for (const std::size_t columns : {10U, 40U, 59U, 60U, 61U, 200U}) {
    BarContext narrow = context;
    narrow.columns = columns;
    EXPECT_LT(display_width(progress_bar(quarter, narrow)), columns);
  }
}

TEST(EpochLine, ShowsWhatIsKnown) {
  const train::EpochReport epoch{
      .epoch = 3,
      .train_loss = 0.25,
      .validation = {},
      .test = train::Metrics{.loss = 0.3, .accuracy = {}, .rmse = 4.806, .r2 = 0.5},
      .lr = 0.1,
      .seconds = 1.5,
      .examples_per_second = 12345.6};
  EXPECT_EQ(epoch_line(epoch, 10),
            "epoch  3/10  loss 0.25  test rmse 4.806  lr 0.1  12,345 examples/s  1.5 s");
}

}  // namespace
}  // namespace ravine::report
