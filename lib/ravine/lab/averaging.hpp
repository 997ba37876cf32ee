#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// What momentum remembers: the weights of past gradients (Zhang et al., "Dive into Deep Learning",
// section 12.6; Kingma and Ba, 2015, section 3).
//
//     sum        v = beta v + g                  beta^age
//     average    m = beta m + (1 - beta) g       (1 - beta) beta^age
//     corrected  m / (1 - beta^t)                (1 - beta) beta^age / (1 - beta^t)
//
// All are the steps of registered rules: `momentum`, and `adam` without its second moment, without
// and with bias correction.

namespace ravine::lab {

/// Of each gradient of a signal [steps], what a rule has made of all so far.
struct Averages {
  std::vector<double> sum;
  std::vector<double> average;
  std::vector<double> corrected;
};

/// Runs the rules on a signal of gradients, [steps].
Averages averages_of(std::span<const double> signal, double beta);

/// What a past gradient counts in the last of `steps` steps, by its age: 0 is the newest. As
/// `Averages`, but over ages.
Averages weights_by_age(double beta, std::size_t steps);
/// The same in closed form.
Averages closed_weights_by_age(double beta, std::size_t steps);

/// The largest of |weight - closed form| / closed form, over all three and all ages. Not a number
/// where one of them is not.
double largest_relative_error(const Averages& run, const Averages& closed_form);

struct AveragingOptions {
  std::vector<double> betas{0.9, 0.5, 0.99};
  std::size_t steps = 100;
  std::uint64_t seed = 0;
};

/// The memory of one beta.
struct BetaMemory {
  double beta;
  double effective_number;       ///< 1 / (1 - beta), the sum of all weights of the sum
  Averages weights;              ///< by age, of unit impulses sent through the rules, [steps]
  Averages closed_form;          ///< [steps]
  double max_closed_form_error;  ///< `largest_relative_error` of these
  Averages of_constant;          ///< of a gradient of 1, [steps]
  Averages of_noisy;             ///< of the noisy signal, [steps]
};

struct Averaging {
  AveragingOptions options;
  /// 1, and -1 in the second half of the steps, with standard normal noise.
  std::vector<double> noisy;
  std::vector<BetaMemory> memories;  ///< one a beta
};

inline constexpr std::size_t most_averaged_steps = 10'000;

/// Throws InputError for a beta outside [0, 1) or given twice, for no steps and for more than can
/// be averaged.
Averaging averaging(const AveragingOptions& options);

}  // namespace ravine::lab
