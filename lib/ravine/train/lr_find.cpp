#include "ravine/train/lr_find.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "ravine/nn/safetensors.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/fit.hpp"

namespace ravine::train {
namespace {

constexpr double blow_up_factor = 4;
constexpr double factor_each_way = 1000;
constexpr std::size_t fewest_steps = 10;

/// The bias-corrected exponential average of what it was given so far.
class Smoother {
 public:
  double next(double value) {
    constexpr double beta = 0.98;
    average_ = beta * average_ + (1 - beta) * value;
    power_ *= beta;
    return average_ / (1 - power_);
  }

 private:
  double average_ = 0;
  double power_ = 1;
};

/// What a range test changes in a model and its optimizer, to be put back.
class Before {
 public:
  Before(Model& model, optim::Optimizer<float>& optimizer)
      : model_(model),
        optimizer_(optimizer),
        tensors_(nn::tensors_of(model.network)),
        state_(optimizer.state()),
        training_(model.network.training()) {
    for (auto& [name, tensor] : tensors_.tensors) tensor = tensor.clone();
    for (std::size_t group = 0; group < optimizer.groups(); ++group)
      rates_.push_back(optimizer.get(optim::lr_name, group));
  }

  void put_back() {
    nn::assign_tensors(model_.network, tensors_, "the model");
    model_.network.train(training_);
    optimizer_.restore(state_);
    optimizer_.zero_grad();
    for (std::size_t group = 0; group < rates_.size(); ++group)
      optimizer_.set(optim::lr_name, rates_[group], group);
  }

 private:
  Model& model_;
  optim::Optimizer<float>& optimizer_;
  nn::TensorFile<float> tensors_;
  optim::State<float> state_;
  bool training_;
  std::vector<optim::Value> rates_;  // by group
};

struct Range {
  double from;
  double to;
};

Range range_of(const LrFindOptions& options, const optim::Optimizer<float>& optimizer) {
  const double own = optimizer.get(optim::lr_name).number();
  const Range range{.from = options.from.value_or(own / factor_each_way),
                    .to = options.to.value_or(own * factor_each_way)};
  if (!(range.from > 0 && std::isfinite(range.from)))
    throw InputError(text("the lowest learning rate must be above 0, ", range.from,
                          " was given (as in --lr-min 1e-6)"));
  if (!(range.to > range.from && std::isfinite(range.to)))
    throw InputError(text("the highest learning rate must be above the lowest, ", range.from, ", ",
                          range.to, " was given (--lr-max)"));
  return range;
}

std::size_t warm_up_of(std::size_t points) { return points / 10; }

/// Twice the standard error of the mean of some losses, at least 2.
double noise_of(const std::vector<LrPoint>& curve, std::size_t count) {
  const auto n = static_cast<double>(count);
  double mean = 0;
  for (std::size_t i = 0; i < count; ++i) mean += curve[i].loss / n;
  double squares = 0;
  for (std::size_t i = 0; i < count; ++i)
    squares += (curve[i].loss - mean) * (curve[i].loss - mean);
  return 2 * std::sqrt(squares / (n - 1) / n);
}

}  // namespace

std::vector<double> smoothed_losses(const std::vector<double>& losses) {
  Smoother smoother;
  std::vector<double> smoothed;
  smoothed.reserve(losses.size());
  for (const double loss : losses) smoothed.push_back(smoother.next(loss));
  return smoothed;
}

std::optional<LrSuggestion> suggested_lr(const std::vector<LrPoint>& curve) {
  const std::size_t begin = std::max<std::size_t>(warm_up_of(curve.size()), 2);
  if (curve.size() < begin + 2) return {};
  const auto first = curve.begin() + static_cast<std::ptrdiff_t>(begin);
  const auto lowest = std::ranges::min_element(first, curve.end(), {}, &LrPoint::smoothed);
  if (curve[begin - 1].smoothed - lowest->smoothed <= noise_of(curve, begin)) return {};

  // The points are evenly spaced over log lr, so that differences do for slopes.
  const auto difference = [&](auto point) {
    const bool last = std::next(point) == curve.end();
    return last ? point->smoothed - std::prev(point)->smoothed
                : (std::next(point)->smoothed - std::prev(point)->smoothed) / 2;
  };
  auto steepest = first;
  for (auto point = first; point <= lowest; ++point)
    if (difference(point) < difference(steepest)) steepest = point;
  return LrSuggestion{.steepest = steepest->lr, .minimum = lowest->lr / 10};
}

LrFindResult find_lr(Model& model, const Prepared& data, optim::Optimizer<float>& optimizer,
                     const LrFindOptions& options) {
  if (options.steps < fewest_steps)
    throw InputError(
        text("steps must be at least ", fewest_steps, ", ", options.steps, " was given (--steps)"));
  const Range range = range_of(options, optimizer);
  // An epoch has one step or more. What a run would judge itself by is left out.
  const FitOptions fit_options{
      .epochs = options.steps, .batch_size = options.batch_size, .seed = options.seed};
  const Prepared training{.train = data.train, .validation = {}, .test = {}};
  check(fit_options, optimizer, training);

  const auto rate = [&](std::size_t step) {
    const double share = static_cast<double>(step) / static_cast<double>(options.steps - 1);
    return range.from * std::pow(range.to / range.from, share);
  };
  Before before(model, optimizer);
  Smoother smoother;
  double lowest = std::numeric_limits<double>::infinity();
  LrFindResult result;
  const auto on_step = [&](const StepReport& step) {
    const double smoothed = smoother.next(step.loss);
    result.curve.push_back({.lr = step.lr, .loss = step.loss, .smoothed = smoothed});
    lowest = std::min(lowest, smoothed);
    result.blew_up = smoothed > blow_up_factor * lowest;
    if (result.blew_up || step.step == options.steps) return false;
    optimizer.set(optim::lr_name, rate(step.step));
    return true;
  };
  optimizer.set(optim::lr_name, rate(0));
  if (fit(model, training, optimizer, fit_options, {.on_step = on_step, .on_epoch = {}}).status ==
      Status::diverged)
    result.blew_up = true;
  before.put_back();
  result.suggestion = suggested_lr(result.curve);
  return result;
}

}  // namespace ravine::train
