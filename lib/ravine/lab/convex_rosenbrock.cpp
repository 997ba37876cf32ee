#include "ravine/lab/convex_rosenbrock.hpp"

#include <cmath>
#include <numbers>

#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/structure.hpp"

namespace ravine::lab {
namespace {

double smallest_curvature(const ConvexRosenbrock& f) { return 4 / (f.kappa - 1); }

}  // namespace

Objective objective(const ConvexRosenbrock& f) {
  return [n = f.n, weight = smallest_curvature(f)](const Variable<double>& w) {
    const Variable<double> first = slice(w, 0, 0, 1) - 1;
    const Variable<double> steps = slice(w, 0, 0, n - 1) - slice(w, 0, 1, n);
    return 0.5 * (sum(first * first) + sum(steps * steps) + weight * sum(w * w));
  };
}

std::vector<double> curvatures(const ConvexRosenbrock& f) {
  std::vector<double> values(f.n);
  for (std::size_t j = 1; j <= f.n; ++j) {
    const double angle =
        (2 * static_cast<double>(j) - 1) * std::numbers::pi / (2 * static_cast<double>(f.n) + 1);
    // 2 - 2 cos(a), without the loss of digits where a is small.
    const double half = std::sin(angle / 2);
    values[j - 1] = 4 * half * half + smallest_curvature(f);
  }
  return values;
}

double decay(const ConvexRosenbrock& f) {
  // (sqrt kappa - 1) / (sqrt kappa + 1), without the loss of digits where kappa is near 1.
  const double above = std::sqrt(f.kappa) + 1;
  return (f.kappa - 1) / (above * above);
}

std::vector<double> minimiser(const ConvexRosenbrock& f) {
  const double rho = decay(f);
  const double around = 2 * static_cast<double>(f.n) + 1;
  std::vector<double> w(f.n);
  for (std::size_t i = 1; i <= f.n; ++i) {
    const double place = static_cast<double>(i);
    w[i - 1] = (std::pow(rho, place) + std::pow(rho, around - place)) / (1 + std::pow(rho, around));
  }
  return w;
}

std::vector<double> lower_bound(const ConvexRosenbrock& f, std::size_t steps) {
  std::vector<double> bound = minimiser(f);
  bound.resize(steps + 1, 0);
  return bound;
}

}  // namespace ravine::lab
