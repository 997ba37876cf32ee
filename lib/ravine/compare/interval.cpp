#include "ravine/compare/interval.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "ravine/compare/moments.hpp"
#include "ravine/compare/quantile.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::compare {
namespace {

/// The 97.5 % quantile of Student's t.
double student_quantile(std::size_t degrees_of_freedom) {
  // Abramowitz and Stegun (1964), table 26.10, with more digits.
  constexpr std::array few{12.706204736, 4.302652730, 3.182446305};
  if (degrees_of_freedom <= few.size()) return few[degrees_of_freedom - 1];
  // Their equation 26.7.5, an expansion about the normal quantile z; of four degrees on, its error
  // is below 3e-4 of the value.
  constexpr double z = 1.959963984540054;
  constexpr auto polynomial = [](const auto& odd_coefficients) {
    double sum = 0;
    for (const double c : odd_coefficients) sum = sum * z * z + c;
    return sum * z;
  };
  constexpr double g1 = polynomial(std::array{1.0, 1.0}) / 4;
  constexpr double g2 = polynomial(std::array{5.0, 16.0, 3.0}) / 96;
  constexpr double g3 = polynomial(std::array{3.0, 19.0, 17.0, -15.0}) / 384;
  constexpr double g4 = polynomial(std::array{79.0, 776.0, 1482.0, -1920.0, -945.0}) / 92160;
  const double v = 1 / static_cast<double>(degrees_of_freedom);
  return z + v * (g1 + v * (g2 + v * (g3 + v * g4)));
}

/// `deviations`: the standard error of what is told, in standard deviations of the values.
Interval student_around_mean(std::span<const double> values, double deviations) {
  const auto [mean, std] = moments_of(values);
  const double reach = student_quantile(values.size() - 1) * std * deviations;
  return {.low = mean - reach, .high = mean + reach};
}

/// The errors of resamples' means, each in units of its own standard error, none beyond `most`, in
/// rising order.
std::vector<double> studentized_errors(std::span<const double> values, double most) {
  constexpr std::size_t resamples = 4999;
  constexpr std::uint64_t seed = 0x626f6f74;  // any one: the same values have the same interval
  // What differs by less is equal but for rounding.
  constexpr double least_spread = 1e-9;
  const Moments all = moments_of(values);
  const double root_n = std::sqrt(static_cast<double>(values.size()));
  Generator generator(seed);
  std::vector<double> resample(values.size());
  std::vector<double> errors(resamples);
  for (double& error : errors) {
    for (double& value : resample) value = values[generator.below(values.size())];
    const Moments its = moments_of(resample);
    const double std = std::max(its.std, least_spread * all.std);
    error = std::clamp((its.mean - all.mean) / std * root_n, -most, most);
  }
  std::ranges::sort(errors);
  return errors;
}

}  // namespace

Interval student_interval(std::span<const double> values) {
  return student_around_mean(values, 1 / std::sqrt(static_cast<double>(values.size())));
}

Interval prediction_interval(std::span<const double> values) {
  // Their mean may differ from them by its rounding.
  const auto [smallest, largest] = std::ranges::minmax(values);
  if (smallest == largest) return {.low = smallest, .high = largest};
  return student_around_mean(values, std::sqrt(1 + 1 / static_cast<double>(values.size())));
}

std::optional<Interval> mean_interval(std::span<const double> values) {
  if (values.size() < 2) return {};
  const auto [smallest, largest] = std::ranges::minmax(values);
  if (smallest == largest)
    return values.size() < least_for_bootstrap ? std::nullopt
                                               : std::optional(Interval{smallest, largest});
  const Interval student = student_interval(values);
  if (values.size() < least_for_bootstrap) return student;
  const auto [mean, std] = moments_of(values);
  const double standard_error = std / std::sqrt(static_cast<double>(values.size()));
  const std::vector<double> errors =
      studentized_errors(values, 3 * student_quantile(values.size() - 1));
  // A resample's mean that is too high tells of a sample's that is too high.
  return Interval{
      std::min(mean - quantile_of_sorted(errors, 0.975) * standard_error, student.low),
      std::max(mean - quantile_of_sorted(errors, 0.025) * standard_error, student.high)};
}

}  // namespace ravine::compare
