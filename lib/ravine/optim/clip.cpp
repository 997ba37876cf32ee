#include "ravine/optim/clip.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

/// Replaces every element of every gradient by a function of it.
template <class T, class Function>
void map_gradients(Optimizer<T>& optimizer, Function function) {
  for (const auto& parameter : optimizer.parameters()) {
    if (!parameter->has_grad) continue;
    for (T& element : parameter->grad.values()) element = function(element);
  }
}

}  // namespace

void check_clip_limit(std::string_view name, double limit) {
  if (!(limit > 0)) throw InputError(text(name, " must be above 0, ", limit, " was given"));
}

template <class T>
double clip_grad_norm(Optimizer<T>& optimizer, double max_norm) {
  check_clip_limit("clip_grad_norm: the largest norm", max_norm);
  const double norm = optimizer.gradient_norm();
  if (std::isfinite(norm) && norm > max_norm) {
    const auto factor = static_cast<T>(max_norm / norm);
    map_gradients(optimizer, [factor](T g) { return factor * g; });
  }
  return norm;
}

template <class T>
void clip_grad_value(Optimizer<T>& optimizer, double limit) {
  check_clip_limit("clip_grad_value: the limit", limit);
  const auto highest = static_cast<T>(limit);
  map_gradients(optimizer, [highest](T g) { return std::clamp(g, -highest, highest); });
}

template double clip_grad_norm(Optimizer<float>&, double);
template double clip_grad_norm(Optimizer<double>&, double);
template void clip_grad_value(Optimizer<float>&, double);
template void clip_grad_value(Optimizer<double>&, double);

}  // namespace ravine::optim
