#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/pixel_grid.hpp"

// Gradient descent beside momentum on the colorization problem, both at their best for its
// spectrum.

namespace ravine::lab {

struct ColorizeOptions {
  PixelGrid grid = {};
  double tolerance = 1e-4;      ///< a run is done when f is at most this share of f at the start
  std::size_t steps = 100'000;  ///< it is given up after so many

  /// Beyond it rounding may keep f from coming down.
  static constexpr double least_tolerance = 1e-20;
  static constexpr std::size_t most_pixels = 1600;
  static constexpr std::size_t most_steps = 10'000'000;
};

/// One moment of a run.
struct ColorizePoint {
  std::size_t step;
  double value;      ///< f
  double predicted;  ///< f, by the closed form from the spectrum
  double palest;     ///< the least colour of a pixel
};

struct ColorizeRun {
  std::string name;  ///< of the rule
  BestSettings best;
  /// The first at which f is down to the tolerance; none where none is found.
  std::optional<std::size_t> predicted_steps = {};
  std::optional<std::size_t> measured_steps = {};
  std::vector<ColorizePoint> points =
      {};                            ///< some hundreds at most, evenly spread, the last at the end
  double max_closed_form_error = 0;  ///< of these, |value / predicted - 1|
  std::vector<std::vector<double>> frames = {};  ///< [frame_steps][rows * columns]
};

struct Colorize {
  ColorizeOptions options;
  std::vector<double> curvatures;  ///< [n], ascending
  std::vector<std::vector<double>>
      slow_shapes;                       ///< eigenvectors of the lowest, [3][rows * columns]
  std::vector<std::size_t> frame_steps;  ///< up to when momentum is done
  std::vector<ColorizeRun> runs;         ///< gradient descent, then momentum
};

/// From 0 everywhere. Throws InputError as `check`, and for a tolerance or a number of steps out of
/// its bounds.
Colorize colorize(const ColorizeOptions& options);

}  // namespace ravine::lab
