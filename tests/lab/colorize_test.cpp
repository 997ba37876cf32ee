// The colorization problem against sums written out over its pixels, spectra known from the graph,
// and runs of the updates written out.
#include "ravine/lab/colorize.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

/// f and its gradient, pixel by pixel.
double value(const PixelGrid& grid, const std::vector<double>& w, std::vector<double>& gradient) {
  gradient.assign(w.size(), 0);
  double f = 0;
  const auto pull = [&](std::size_t i, std::size_t j) {
    f += (w[i] - w[j]) * (w[i] - w[j]) / 2;
    gradient[i] += w[i] - w[j];
    gradient[j] -= w[i] - w[j];
  };
  for (std::size_t row = 0; row < grid.rows; ++row)
    for (std::size_t column = 0; column < grid.columns; ++column) {
      const std::size_t i = row * grid.columns + column;
      if (column > 0) pull(i, i - 1);
      if (row > 0) pull(i, i - grid.columns);
    }
  for (const auto& [column, row] : grid.seeds) {
    const std::size_t i = row * grid.columns + column;
    f += (w[i] - 1) * (w[i] - 1) / 2;
    gradient[i] += w[i] - 1;
  }
  return f;
}

const PixelGrid small{.columns = 5, .rows = 3, .seeds = {{4, 1}, {0, 2}}};

TEST(PixelGrid, IsTheFunction) {
  std::vector<double> w(15);
  for (std::size_t i = 0; i < 15; ++i) w[i] = std::sin(static_cast<double>(i * i));
  std::vector<double> gradient;
  const double expected = value(small, w, gradient);
  const Variable<double> point = parameter(Tensor<double>({3, 5}, w));
  const Variable<double> found = objective(small)(point);
  EXPECT_NEAR(found.item(), expected, 1e-14);
  found.backward();
  for (std::size_t i = 0; i < 15; ++i) EXPECT_NEAR(point.grad()[i], gradient[i], 1e-14) << i;
}

TEST(PixelGrid, HasItsHessian) {
  // The gradient is linear: its change along an axis is the Hessian's column.
  const Tensor<double> h = hessian(small);
  std::vector<double> at_zero, at_one;
  value(small, std::vector<double>(15, 0), at_zero);
  for (std::size_t j = 0; j < 15; ++j) {
    std::vector<double> w(15, 0);
    w[j] = 1;
    value(small, w, at_one);
    for (std::size_t i = 0; i < 15; ++i) EXPECT_EQ(h[i * 15 + j], at_one[i] - at_zero[i]);
  }
}

TEST(PixelGrid, HasTheSpectrumOfTwoChainsWhereAColumnIsPulled) {
  // A column of seeds makes the grid a product of two chains: free ones have
  // 2 - 2 cos(pi j / n), j = 0, ..., n - 1, and one pulled at its end, as the convex Rosenbrock
  // without its regularisation, 2 - 2 cos((2j - 1) pi / (2n + 1)), j = 1, ..., n.
  PixelGrid grid{.columns = 6, .rows = 4, .seeds = {}};
  for (std::size_t row = 0; row < 4; ++row) grid.seeds.push_back({0, row});
  std::vector<double> expected;
  for (int j = 1; j <= 6; ++j)
    for (int k = 0; k < 4; ++k)
      expected.push_back(4 - 2 * std::cos((2 * j - 1) * std::numbers::pi / 13) -
                         2 * std::cos(k * std::numbers::pi / 4));
  std::ranges::sort(expected);
  const Colorize result = colorize({.grid = grid, .tolerance = 0.5});
  ASSERT_EQ(result.curvatures.size(), 24U);
  for (std::size_t i = 0; i < 24; ++i) EXPECT_NEAR(result.curvatures[i], expected[i], 1e-13);
}

TEST(Colorize, RunsAsTheUpdatesDo) {
  const Colorize result = colorize({.grid = small, .tolerance = 1e-3});
  ASSERT_EQ(result.runs.size(), 2U);
  EXPECT_EQ(result.runs[0].name, "sgd");
  EXPECT_EQ(result.runs[1].name, "momentum");
  const double low = result.curvatures.front();
  const double high = result.curvatures.back();
  EXPECT_NEAR(result.runs[0].best.settings.lr, 2 / (low + high), 1e-14);
  EXPECT_NEAR(result.runs[1].best.settings.lr, 4 / std::pow(std::sqrt(low) + std::sqrt(high), 2),
              1e-14);
  for (const ColorizeRun& run : result.runs) {
    SCOPED_TRACE(run.name);
    std::vector<double> w(15, 0), v(15, 0), gradient;
    std::size_t next = 0, frame = 0, step = 0;
    for (;; ++step) {
      const double f = value(small, w, gradient);
      if (next < run.points.size() && run.points[next].step == step) {
        EXPECT_NEAR(run.points[next].value, f, 1e-11 * f);
        EXPECT_NEAR(run.points[next].predicted, f, 1e-9 * f);
        EXPECT_NEAR(run.points[next].palest, *std::ranges::min_element(w), 1e-12);
        ++next;
      }
      if (frame < result.frame_steps.size() && result.frame_steps[frame] == step) {
        for (std::size_t i = 0; i < 15; ++i) EXPECT_NEAR(run.frames[frame][i], w[i], 1e-12);
        ++frame;
      }
      if (f <= 1e-3 * 2 / 2) break;
      for (std::size_t i = 0; i < 15; ++i) {
        v[i] = run.best.settings.momentum * v[i] + gradient[i];
        w[i] -= run.best.settings.lr * v[i];
      }
    }
    EXPECT_EQ(run.measured_steps, step);
    EXPECT_EQ(run.predicted_steps, step);
    EXPECT_EQ(next, run.points.size());
    EXPECT_EQ(run.points.back().step, step);
    EXPECT_LT(run.max_closed_form_error, 1e-9);
    EXPECT_GT(run.max_closed_form_error, 0);
    EXPECT_EQ(frame, result.frame_steps.size());
  }
}

TEST(Colorize, NeedsTheStepsThatTheSpectrumSays) {
  const Colorize result = colorize({});
  for (const ColorizeRun& run : result.runs) {
    EXPECT_EQ(run.measured_steps, run.predicted_steps) << run.name;
    EXPECT_LT(run.max_closed_form_error, 1e-9) << run.name;
    EXPECT_THAT(run.frames, SizeIs(result.frame_steps.size()));
    EXPECT_LT(run.points.size(), 700U);
  }
  EXPECT_GT(*result.runs[0].measured_steps, 50 * *result.runs[1].measured_steps);
}

TEST(Colorize, TakesTheSlowestShapesFirst) {
  const Colorize result = colorize({.grid = small, .tolerance = 0.5});
  const Tensor<double> h = hessian(small);
  ASSERT_THAT(result.slow_shapes, SizeIs(3));
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t i = 0; i < 15; ++i) {
      double product = 0;
      for (std::size_t j = 0; j < 15; ++j) product += h[i * 15 + j] * result.slow_shapes[s][j];
      EXPECT_NEAR(product, result.curvatures[s] * result.slow_shapes[s][i], 1e-12);
    }
}

TEST(Colorize, ComesDownToTheLeastTolerance) {
  const Colorize result = colorize({.grid = {.columns = 8, .rows = 8}, .tolerance = 1e-20});
  for (const ColorizeRun& run : result.runs) {
    EXPECT_EQ(run.measured_steps, run.predicted_steps) << run.name;
    EXPECT_LT(run.max_closed_form_error, 1e-3) << run.name;
    EXPECT_LT(run.points.size(), 700U);
  }
}

TEST(Colorize, GivesUp) {
  const Colorize result = colorize({.steps = 400});
  EXPECT_FALSE(result.runs[0].measured_steps);
  EXPECT_EQ(result.runs[0].points.back().step, 400U);
  EXPECT_TRUE(result.runs[1].measured_steps);
  const Colorize at_once = colorize({.grid = small, .steps = 1});
  for (const ColorizeRun& run : at_once.runs) {
    EXPECT_FALSE(run.measured_steps);
    EXPECT_THAT(run.frames, SizeIs(2));
  }
}

TEST(ColorizeErrors, SayWhatWouldBeRight) {
  const auto of_grid = [](const PixelGrid& grid) {
    return test::message([&] { colorize({.grid = grid}); });
  };
  EXPECT_EQ(of_grid({.columns = 1, .rows = 1}),
            "grid 1x1 is too small: 2 columns and 2 rows are the least (20x20)");
  EXPECT_THAT(of_grid({.columns = 20, .rows = 1}), HasSubstr("grid 20x1 is too small"));
  EXPECT_THAT(of_grid({.columns = 0, .rows = 5}), HasSubstr("grid 0x5 is too small"));
  EXPECT_EQ(of_grid({.columns = 41, .rows = 40}),
            "grid 41x40 has more than 1600 pixels, whose spectrum takes too long (use a smaller "
            "grid)");
  const std::size_t huge = std::numeric_limits<std::size_t>::max() / 2 + 1;
  EXPECT_THAT(of_grid({.columns = huge, .rows = 2}), HasSubstr("more than 1600 pixels"));
  EXPECT_THAT(of_grid({.columns = 2, .rows = huge}), HasSubstr("more than 1600 pixels"));
  EXPECT_EQ(of_grid({.seeds = {}}), "seeds: no pixel is coloured (give one or more)");
  EXPECT_EQ(of_grid({.columns = 3, .rows = 4, .seeds = {{3, 0}}}),
            "seed 3:0 is outside the grid (columns are 0 to 2, rows 0 to 3)");
  EXPECT_THAT(of_grid({.columns = 3, .rows = 4, .seeds = {{0, 4}}}), HasSubstr("seed 0:4"));
  EXPECT_EQ(of_grid({.seeds = {{1, 2}, {2, 1}, {1, 2}}}), "seed 1:2 is given twice");
  for (const double tolerance : {0.0, 1.0, -1.0, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THAT(test::message([&] { colorize({.tolerance = tolerance}); }),
                HasSubstr("tolerance must be from 1e-20 to below 1"));
  EXPECT_EQ(test::message([] { colorize({.tolerance = 1e-40}); }),
            "tolerance must be from 1e-20 to below 1, 1e-40 was given");
  EXPECT_EQ(test::message([] { colorize({.steps = 0}); }),
            "steps must be from 1 to 10000000, 0 were given");
}

}  // namespace
}  // namespace ravine::lab
