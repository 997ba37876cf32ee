#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "ravine/optim/optimizer.hpp"
#include "ravine/train/model.hpp"
#include "ravine/train/prepare.hpp"

// The learning-rate range test of Smith (2017), Cyclical Learning Rates for Training Neural
// Networks, section 3.3, with a rate that rises exponentially instead of linearly.

namespace ravine::train {

struct LrFindOptions {
  /// The first and the last rate; three decades below and above the optimizer's own where they are
  /// not given.
  std::optional<double> from = {};
  std::optional<double> to = {};
  /// The average over the losses spans some 50 steps: fewer than that a decade smear the curve
  /// towards higher rates.
  std::size_t steps = 300;
  std::size_t batch_size = 32;
  /// Of the order of examples and of dropout.
  std::uint64_t seed = 0;
};

/// One step of the test.
struct LrPoint {
  double lr = 0;
  double loss = 0;      ///< of the batch, before the step
  double smoothed = 0;  ///< see `smoothed_losses`
};

/// Two rates that the curve suggests, by fastai's names for them.
struct LrSuggestion {
  double steepest = 0;  ///< amid the decade in which the smoothed loss falls fastest
  double minimum = 0;   ///< a tenth of the rate at which the smoothed loss is lowest
};

struct LrFindResult {
  std::vector<LrPoint> curve;
  /// Whether the loss blew up before the range was at its end.
  bool blew_up = false;
  /// None where the loss never falls by more than its noise.
  std::optional<LrSuggestion> suggestion = {};
};

/// Takes steps while the rate rises from `from` to `to` by a constant factor, and ends early when
/// the smoothed loss exceeds four times its lowest value so far or a loss is not finite. Model and
/// optimizer are as they were afterwards; the rate is set for all groups of parameters meanwhile.
/// Throws InputError for options that cannot be, with nothing done yet.
LrFindResult find_lr(Model& model, const Prepared& data, optim::Optimizer<float>& optimizer,
                     const LrFindOptions& options = {});

/// The exponential average of losses with the weight 0.98 for the past (that of fastai's
/// `Recorder`), divided by 1 - 0.98^k after k of them, so that it does not begin near 0.
std::vector<double> smoothed_losses(const std::vector<double>& losses);

/// What a curve with evenly spaced log lr suggests. A line is fitted by least squares to the
/// smoothed loss over log lr in every window of a decade (Savitzky and Golay, 1964, Smoothing and
/// Differentiation of Data by Simplified Least Squares Procedures), which is what the average spans
/// at 300 steps over six decades: a quotient of neighbours would be steepest somewhere in the
/// noise. `steepest` is the rate in the middle of the window of the most negative slope, out of
/// those that begin after the start, the first tenth of the curve and five points at least, end no
/// later than the smoothed loss is lowest, and end where it has fallen: where it is below the mean
/// m of the n losses at the start by more than 2.5 s sqrt(1 / n + 0.02 / 1.98). There s is the
/// standard deviation of those losses, and the root that of the difference between their mean and
/// an exponential average (Roberts, 1959, Control Chart Tests Based on Geometric Moving Averages).
/// Noise alone passes for a fall in about one of 25 curves of 300 steps, and more often in longer
/// ones. Where there is less than a decade before the minimum, the window is all there is. None
/// where no window is left, or its slope is not negative.
std::optional<LrSuggestion> suggested_lr(const std::vector<LrPoint>& curve);

}  // namespace ravine::train
