#pragma once

#include <cstddef>
#include <span>
#include <vector>

// Means of independent runs beside what is expected of them.

namespace ravine::lab {

struct MeanAndError {
  double mean;
  double standard_error;  ///< of the mean
};

/// Of two values or more; without an error where all are the same. The error is not finite where a
/// value is not.
MeanAndError mean_and_error(std::span<const double> values);

struct Agreement {
  /// |mean - expected| / standard error where it is largest, and the step. Of many steps some lie
  /// beyond 2 or 3 by chance, and neighbours together.
  double largest_deviation = 0;
  std::size_t largest_deviation_step = 0;
  /// The steps with finite numbers at which runs differ by more than rounding, and those of them
  /// within three standard errors.
  std::size_t steps_compared = 0;
  std::size_t steps_within_three = 0;
  /// One number for all steps: the sum over the steps of a run is independent of other runs', and
  /// this is the mean of those less the expected one, by its standard error. Of the steps compared.
  double overall_deviation = 0;
};

/// Compares step after step, and keeps of each run its sum alone.
class AgreementOfRuns {
 public:
  explicit AgreementOfRuns(std::size_t runs) : sums_(runs, 0.0) {}

  /// `values` is one of each run, [runs], of which `found` is the mean.
  void add(std::size_t step, std::span<const double> values, const MeanAndError& found,
           double expected);
  Agreement result() const;

 private:
  Agreement steps_;
  std::vector<double> sums_;  // over the steps compared
  double expected_sum_ = 0;
};

}  // namespace ravine::lab
