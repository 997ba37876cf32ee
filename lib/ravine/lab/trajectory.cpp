#include "ravine/lab/trajectory.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

bool is_finite(double number) { return std::isfinite(number); }

void check_start(std::span<const double> start) {
  const auto bad = std::ranges::find_if_not(start, is_finite);
  if (bad != start.end())
    throw InputError(text("start: number ", bad - start.begin() + 1, " is ", *bad,
                          ", but finite numbers are needed"));
}

/// Leaves the gradient in the parameter. A function such as w1^0 depends on no coordinate, and its
/// gradient is 0 for the optimizer to see.
void differentiate(const Variable<double>& value, Parameter<double>& w) {
  w.grad.fill(0);
  w.has_grad = true;
  if (value.requires_grad()) value.backward();
}

}  // namespace

bool follow(const Objective& function, const Tensor<double>& start,
            const TrajectoryOptions& options, const std::function<bool(const Visited&)>& visit) {
  check_start(start.values());
  const Variable<double> w = parameter(start.clone(), "w");
  const auto optimizer =
      optim::make(options.optimizer, Parameters<double>{w.parameter()}, options.settings);

  std::size_t gradients = 0;
  const optim::Closure evaluate = [&] {
    const Variable<double> value = function(w);
    differentiate(value, *w.parameter());
    ++gradients;
    return value.item();
  };

  for (std::size_t step = 0;; ++step) {
    const Variable<double> value = function(w);
    if (!is_finite(value.item()) || !std::ranges::all_of(w.value().values(), is_finite)) {
      if (step == 0)
        throw InputError(text("start: the function's value there is ", value.item(),
                              " (start where it is finite)"));
      return false;
    }
    if (!visit({step, w.value().values(), value.item(), gradients}) || step == options.steps)
      return true;
    if (optimizer->needs_closure()) {
      optimizer->step(evaluate);
    } else {
      differentiate(value, *w.parameter());
      ++gradients;
      optimizer->step();
    }
  }
}

Trajectory trajectory(const Objective& function, std::span<const double> start,
                      const TrajectoryOptions& options) {
  Trajectory result;
  result.diverged =
      !follow(function, Tensor<double>({start.size()}, start), options, [&](const Visited& at) {
        result.points.emplace_back(at.w.begin(), at.w.end());
        result.values.push_back(at.value);
        return true;
      });
  return result;
}

}  // namespace ravine::lab
