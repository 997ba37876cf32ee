#include "ravine/lab/measured_rate.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <vector>

#include "ravine/tensor/linalg.hpp"

namespace ravine::lab {
namespace {

/// x_(k+1) = a x_k - b x_(k-1).
struct Recurrence {
  double a;
  double b;
};

/// Rows (x_k, -x_(k-1)) and what they shall give, x_(k+1), in units of the three.
struct Rows {
  std::vector<double> left;
  std::vector<double> right;
  double rounding_squares = 0;  ///< of what rounding adds to each row

  std::size_t count() const { return right.size(); }
};

/// What rounding does to three neighbouring positions, the last at `k`: a few units of the last
/// place of the w they were computed from, and of the smallest normal number.
double rounding_of(std::span<const double> sizes, std::size_t k) {
  constexpr double units = 64 * std::numeric_limits<double>::epsilon();
  constexpr double tiny = 1e16 * std::numeric_limits<double>::min();  // below, digits are lost
  const std::size_t first = k < 3 ? 0 : k - 3;
  return units * std::ranges::max(sizes.subspan(first, k + 1 - first)) + tiny;
}

Rows rows_of(std::span<const double> x, std::span<const double> sizes) {
  constexpr double lost = 1e-6;  // of a position's digits fewer are left
  Rows rows;
  for (std::size_t k = 2; k < x.size(); ++k) {
    const double unit = std::max({std::abs(x[k]), std::abs(x[k - 1]), std::abs(x[k - 2])});
    const double rounding = rounding_of(sizes, k) / unit;
    if (!(rounding < lost)) break;
    rows.left.insert(rows.left.end(), {x[k - 1] / unit, -x[k - 2] / unit});
    rows.right.push_back(x[k] / unit);
    rows.rounding_squares += rounding * rounding;
  }
  return rows;
}

/// Singular values that rounding alone would leave count as 0.
Recurrence best_fit(const Rows& rows) {
  double squares = 0;
  for (const double element : rows.left) squares += element * element;
  const auto fit = lstsq(Tensor<double>({rows.count(), 2}, rows.left),
                         Tensor<double>({rows.count()}, rows.right),
                         std::sqrt(2 * rows.rounding_squares / squares));
  return {fit.solution[0], fit.solution[1]};
}

/// The larger root of s^2 - a s + b in size.
double larger_root(const Recurrence& recurrence) {
  const double half = recurrence.a / 2;
  const std::complex<double> root = std::sqrt(std::complex(half * half - recurrence.b));
  return std::max(std::abs(half + root), std::abs(half - root));
}

}  // namespace

std::optional<double> measured_rate(std::span<const double> components,
                                    std::span<const double> sizes) {
  if (components.size() <= least_steps_of_a_rate) return std::nullopt;
  const Rows rows = rows_of(components, sizes);
  if (rows.count() == 0) return std::nullopt;
  return larger_root(best_fit(rows));
}

}  // namespace ravine::lab
