#include "ravine/lab/averaging.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "ravine/lab/larger.hpp"
#include "ravine/lab/next_direction.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/optim/rules/adam.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

using Optimizer = std::unique_ptr<optim::Optimizer<double>>;

constexpr std::array averages{&Averages::sum, &Averages::average, &Averages::corrected};

/// The rules whose steps are the three averages, at a learning rate of 1, in that order. Each has a
/// parameter [n] of its own.
std::array<Optimizer, averages.size()> rules_of(double beta, std::size_t n) {
  const auto made = [n](const auto& rule) {
    const auto w = std::make_shared<Parameter<double>>("w", Tensor<double>::zeros({n}));
    return optim::make(rule, Parameters<double>{w});
  };
  const optim::Adam corrected{.lr = 1, .beta1 = beta, .second_moment = false};
  optim::Adam average = corrected;
  average.bias_correction = false;
  return {made(optim::Momentum{.lr = 1, .momentum = beta}), made(average), made(corrected)};
}

void check(const AveragingOptions& options) {
  if (options.betas.empty())
    throw InputError("averaging: there must be at least one beta (such as 0.9)");
  for (const double beta : options.betas)
    if (!(beta >= 0 && beta < 1))
      throw InputError(text("averaging: beta must be in [0, 1), ", beta,
                            " was given (0.9 remembers about ten gradients)"));
  for (auto beta = options.betas.begin(); beta != options.betas.end(); ++beta)
    if (std::find(options.betas.begin(), beta, *beta) != beta)
      throw InputError(text("averaging: beta ", *beta, " is given twice"));
  if (options.steps == 0 || options.steps > most_averaged_steps)
    throw InputError(text("averaging: steps must be from 1 to ", most_averaged_steps, ", ",
                          options.steps, " was given"));
}

std::vector<double> noisy_signal(const AveragingOptions& options) {
  Generator generator(options.seed);
  std::vector<double> signal(options.steps);
  for (std::size_t t = 0; t < signal.size(); ++t)
    signal[t] = (2 * t < signal.size() ? 1 : -1) + generator.normal();
  return signal;
}

}  // namespace

Averages averages_of(std::span<const double> signal, double beta) {
  const auto rules = rules_of(beta, 1);
  Averages result;
  for (const double gradient : signal)
    for (std::size_t i = 0; i < averages.size(); ++i)
      (result.*averages[i]).push_back(next_direction(*rules[i], std::array{gradient}).front());
  return result;
}

Averages weights_by_age(double beta, std::size_t steps) {
  // One coordinate a gradient: it sees that gradient alone, an impulse of 1.
  const auto rules = rules_of(beta, steps);
  Averages result;
  std::vector<double> impulse(steps);
  for (std::size_t t = 0; t < steps; ++t) {
    impulse[t] = 1;
    for (std::size_t i = 0; i < averages.size(); ++i)
      result.*averages[i] = next_direction(*rules[i], impulse);
    impulse[t] = 0;
  }
  for (const auto member : averages) std::ranges::reverse(result.*member);
  return result;
}

Averages closed_weights_by_age(double beta, std::size_t steps) {
  const double remembered = 1 - std::pow(beta, static_cast<double>(steps));
  Averages result;
  for (std::size_t age = 0; age < steps; ++age) {
    const double weight = std::pow(beta, static_cast<double>(age));
    result.sum.push_back(weight);
    result.average.push_back((1 - beta) * weight);
    result.corrected.push_back((1 - beta) * weight / remembered);
  }
  return result;
}

double largest_relative_error(const Averages& run, const Averages& closed_form) {
  double largest = 0;
  for (const auto member : averages)
    for (std::size_t age = 0; age < (run.*member).size(); ++age) {
      const double expected = (closed_form.*member)[age];
      const double off = std::abs((run.*member)[age] - expected);
      // Smaller numbers do not have all the digits of a double.
      if (!(off <= std::numeric_limits<double>::min())) largest = larger(largest, off / expected);
    }
  return largest;
}

Averaging averaging(const AveragingOptions& options) {
  check(options);
  Averaging result{.options = options, .noisy = noisy_signal(options), .memories = {}};
  const std::vector<double> constant(options.steps, 1);
  for (const double beta : options.betas) {
    BetaMemory memory{.beta = beta,
                      .effective_number = 1 / (1 - beta),
                      .weights = weights_by_age(beta, options.steps),
                      .closed_form = closed_weights_by_age(beta, options.steps),
                      .max_closed_form_error = 0,
                      .of_constant = averages_of(constant, beta),
                      .of_noisy = averages_of(result.noisy, beta)};
    memory.max_closed_form_error = largest_relative_error(memory.weights, memory.closed_form);
    result.memories.push_back(std::move(memory));
  }
  return result;
}

}  // namespace ravine::lab
