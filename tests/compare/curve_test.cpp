#include "ravine/compare/curve.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "compare/made_runs.hpp"

namespace ravine::compare {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(Curve, HasQuartilesOfTheRunsAtEachEpoch) {
  const std::vector<compare::Run> runs{
      made_run({.seed = 1}, {0.1, 0.5}), made_run({.seed = 2}, {0.2, 0.6}),
      made_run({.seed = 3}, {0.5, 0.9}), made_run({.seed = 4}, {0.4, 0.7}),
      made_run({.seed = 5}, {0.3, 0.8})};
  const std::vector<CurvePoint> curve =
      curve_of(std::vector{&runs[0], &runs[1], &runs[2], &runs[3], &runs[4]}, 10);
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_EQ(curve[0].epoch, 1U);
  EXPECT_EQ(curve[0].n, 5U);
  EXPECT_EQ(curve[0].validation_metric, (Band{0.2, 0.3, 0.4}));
  EXPECT_EQ(curve[1].epoch, 2U);
  EXPECT_EQ(curve[1].steps, 20);
  EXPECT_EQ(curve[1].seconds, 2);
  EXPECT_EQ(curve[1].validation_metric, (Band{0.6, 0.7, 0.8}));
  EXPECT_DOUBLE_EQ(curve[1].validation_loss.low, 0.2);
  EXPECT_DOUBLE_EQ(curve[1].train_loss.high, 0.4);
}

TEST(Curve, CountsThoseThatGotSoFar) {
  compare::Run diverged = made_run({.seed = 2}, {0.4});
  diverged.status = train::Status::diverged;
  const compare::Run finished = made_run({.seed = 1}, {0.2, 0.6});
  const std::vector<CurvePoint> curve =
      curve_of(std::vector<const compare::Run*>{&finished, &diverged}, 10);
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_EQ(curve[0].n, 2U);
  EXPECT_DOUBLE_EQ(curve[0].validation_metric.median, 0.3);
  EXPECT_EQ(curve[1].n, 1U);
  EXPECT_EQ(curve[1].validation_metric, (Band{0.6, 0.6, 0.6}));
}

TEST(Curve, LeavesOutWhatIsNotFinite) {
  const compare::Run good = made_run({.seed = 1}, {0.2});
  const compare::Run bad = made_run({.seed = 2}, {nan, 0.5, nan});
  const std::vector<CurvePoint> curve = curve_of(std::vector{&good, &bad}, 10);
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_EQ(curve[0].n, 1U);
  EXPECT_EQ(curve[0].validation_metric.median, 0.2);
  EXPECT_EQ(curve[1].epoch, 2U);
  EXPECT_EQ(curve[1].n, 1U);
}

TEST(Curve, OfNoRunsIsEmpty) { EXPECT_TRUE(curve_of({}, 10).empty()); }

}  // namespace
}  // namespace ravine::compare
