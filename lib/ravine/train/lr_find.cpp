#include "ravine/train/lr_find.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>

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
constexpr double weight_of_the_past = 0.98;

/// The bias-corrected exponential average of what it was given so far.
class Smoother {
 public:
  double next(double value) {
    average_ = weight_of_the_past * average_ + (1 - weight_of_the_past) * value;
    power_ *= weight_of_the_past;
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

using Points = std::span<const LrPoint>;

/// What the smoothed loss has to be below to have fallen: the mean of the losses at the start less
/// 2.5 standard deviations of its difference to an average of such losses.
double fallen_below(Points start) {
  const auto n = static_cast<double>(start.size());
  const auto sum = [&](auto term) {
    return std::transform_reduce(start.begin(), start.end(), 0.0, std::plus(), term);
  };
  const double mean = sum([](const LrPoint& point) { return point.loss; }) / n;
  const double variance =
      sum([&](const LrPoint& point) { return (point.loss - mean) * (point.loss - mean); }) /
      (n - 1);
  constexpr double of_the_average = (1 - weight_of_the_past) / (1 + weight_of_the_past);
  return mean - 2.5 * std::sqrt(variance * (1 / n + of_the_average));
}

/// By least squares, over evenly spaced log lr, a step.
double slope(Points window) {
  const double middle = static_cast<double>(window.size() - 1) / 2;
  double products = 0;
  double squares = 0;
  for (std::size_t i = 0; i < window.size(); ++i) {
    const double x = static_cast<double>(i) - middle;
    products += x * window[i].smoothed;
    squares += x * x;
  }
  return products / squares;
}

/// How many points are a decade, its two ends included; no more than there are.
std::size_t points_of_a_decade(Points curve) {
  const auto steps = static_cast<double>(curve.size() - 1);
  const double decades = std::log10(curve.back().lr / curve.front().lr);
  return decades > 1 ? static_cast<std::size_t>(std::lround(steps / decades)) + 1 : curve.size();
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
  constexpr std::size_t fewest_at_start = 5;
  constexpr std::size_t fewest_of_a_window = 3;
  const std::size_t start = std::max(curve.size() / 10, fewest_at_start);
  if (curve.size() < start + fewest_of_a_window) return {};
  const double threshold = fallen_below(Points(curve).first(start));
  const auto lowest = std::ranges::min_element(curve.begin() + static_cast<std::ptrdiff_t>(start),
                                               curve.end(), {}, &LrPoint::smoothed);
  const Points falling(curve.begin() + static_cast<std::ptrdiff_t>(start), std::next(lowest));
  const std::size_t size =
      std::min(std::max(points_of_a_decade(curve), fewest_of_a_window), falling.size());
  if (size < fewest_of_a_window) return {};

  double steepest = 0;
  std::optional<LrSuggestion> suggestion;
  for (std::size_t begin = 0; begin + size <= falling.size(); ++begin) {
    const Points window = falling.subspan(begin, size);
    if (window.back().smoothed >= threshold || slope(window) >= steepest) continue;
    steepest = slope(window);
    suggestion = {.steepest = window[size / 2].lr, .minimum = lowest->lr / 10};
  }
  return suggestion;
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
