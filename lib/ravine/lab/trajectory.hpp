#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ravine/autograd/variable.hpp"
#include "ravine/optim/setting.hpp"

namespace ravine::lab {

/// A function to descend: one number from a point [n], by operations that gradients flow through.
/// An `Expression` is one.
using Objective = std::function<Variable<double>(const Variable<double>&)>;

struct TrajectoryOptions {
  std::string optimizer = "sgd";  ///< a registered rule's name
  optim::Settings settings = {};  ///< where they differ from the rule's defaults
  std::size_t steps = 100;
};

/// The points that an optimizer visits, the start at 0.
struct Trajectory {
  std::vector<std::vector<double>> points;  ///< [steps + 1][n]
  std::vector<double> values;               ///< the function there, [steps + 1]
  /// The next point, or the function there, was no longer finite; all that is recorded is.
  bool diverged = false;
};

/// Where an optimizer is on its way.
struct Visited {
  std::size_t step;           ///< 0 at the start
  std::span<const double> w;  ///< the point; moves on after the visit
  double value;               ///< the function there
  std::size_t gradients;      ///< computed on the way; more than `step` where lines are searched
};

/// Runs a registered optimizer on the function with gradients from autograd, all in double, from a
/// start of any shape. Every point is shown to `visit`, the start first; false from it ends the
/// run. Returns whether all went well: false when the next point, or the function there, is no
/// longer finite. Throws InputError where the start or the function at the start is not finite,
/// ShapeError where they do not fit, and what `optim::make` throws.
bool follow(const Objective& function, const Tensor<double>& start,
            const TrajectoryOptions& options, const std::function<bool(const Visited&)>& visit);

/// The same, with all points kept. Throws as `follow`.
Trajectory trajectory(const Objective& function, std::span<const double> start,
                      const TrajectoryOptions& options);

}  // namespace ravine::lab
