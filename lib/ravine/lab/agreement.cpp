#include "ravine/lab/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace ravine::lab {
namespace {

/// Numbers, and runs that differ by more than rounding.
bool is_comparable(const MeanAndError& found, double expected) {
  constexpr double rounding = 1e-12;
  return std::isfinite(found.standard_error) && std::isfinite(expected) &&
         found.standard_error > rounding * std::abs(found.mean);
}

double deviation(const MeanAndError& found, double expected) {
  return std::abs(found.mean - expected) / found.standard_error;
}

}  // namespace

MeanAndError mean_and_error(std::span<const double> values) {
  if (!std::isfinite(values[0])) return {values[0], std::numeric_limits<double>::quiet_NaN()};
  if (std::ranges::count(values, values[0]) == std::ssize(values)) return {values[0], 0};
  const auto n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return {mean, std::sqrt(squares / (n - 1) / n)};
}

void AgreementOfRuns::add(std::size_t step, std::span<const double> values,
                          const MeanAndError& found, double expected) {
  if (!is_comparable(found, expected)) return;
  ++steps_.steps_compared;
  const double off = deviation(found, expected);
  if (off <= 3) ++steps_.steps_within_three;
  if (off > steps_.largest_deviation) {
    steps_.largest_deviation = off;
    steps_.largest_deviation_step = step;
  }
  for (std::size_t run = 0; run < values.size(); ++run) sums_[run] += values[run];
  expected_sum_ += expected;
}

Agreement AgreementOfRuns::result() const {
  Agreement result = steps_;
  if (result.steps_compared > 0)
    result.overall_deviation = deviation(mean_and_error(sums_), expected_sum_);
  return result;
}

}  // namespace ravine::lab
