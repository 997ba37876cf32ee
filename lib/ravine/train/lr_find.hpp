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
  double steepest = 0;  ///< where the smoothed loss falls fastest over log lr
  double minimum = 0;   ///< a tenth of the rate at which the smoothed loss is lowest
};

struct LrFindResult {
  std::vector<LrPoint> curve;
  /// Whether the loss blew up before the range was at its end.
  bool blew_up = false;
  /// None where the loss never falls.
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

/// What a curve with evenly spaced log lr suggests. Its first tenth is passed over: the average is
/// of few losses there. The steepest descent is the most negative difference quotient of the
/// smoothed loss, central and between neighbours, from there to where the smoothed loss is lowest.
/// None where the smoothed loss falls, from the end of the first tenth to its lowest value, by
/// no more than twice the standard error of the mean of the losses in that tenth, which batches
/// explain.
std::optional<LrSuggestion> suggested_lr(const std::vector<LrPoint>& curve);

}  // namespace ravine::train
