#include "ravine/lab/best_settings.hpp"

#include <cmath>

namespace ravine::lab {

BestSettings best_descent(double smallest, double largest) {
  const double sum = smallest + largest;
  return {{.lr = 2 / sum}, (largest - smallest) / sum};
}

BestSettings best_momentum(double smallest, double largest) {
  const double low = std::sqrt(smallest);
  const double high = std::sqrt(largest);
  const double lr = 2 / (low + high);
  const double rate = (high - low) / (high + low);
  constexpr double rounding = 1e-12;  // of curvatures that are the same
  const double momentum = rate * rate;
  return {{.lr = lr * lr, .momentum = momentum < rounding ? 0 : momentum}, rate};
}

double largest_stable_lr(double momentum, double curvature) {
  return (2 + 2 * momentum) / curvature;
}

double critical_momentum(double lr, double curvature) {
  const double root = 1 - std::sqrt(lr * curvature);
  return root * root;
}

}  // namespace ravine::lab
