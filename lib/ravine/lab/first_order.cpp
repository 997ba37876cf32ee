#include "ravine/lab/first_order.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "ravine/tensor/random.hpp"

namespace ravine::lab {
namespace {

constexpr std::size_t numbers = 6;
constexpr std::size_t steps = 12;
/// The later half of the numbers, whose gradients are 0.
constexpr std::size_t first_still = numbers / 2;

using Numbers = Parameter<double>;
using Gradients = std::vector<std::vector<double>>;  // [steps][numbers]

std::unique_ptr<optim::Optimizer<double>> optimizer_on(const optim::RuleInfo& rule,
                                                       const std::shared_ptr<Numbers>& w) {
  return std::get<optim::MakeOptimizer<double>>(rule.make)({w}, {}, {});
}

std::shared_ptr<Numbers> zeros() {
  return std::make_shared<Numbers>("w", Tensor<double>::zeros({numbers}));
}

Gradients random_gradients(Generator& generator) {
  Gradients gradients(steps, std::vector<double>(numbers, 0.0));
  for (std::vector<double>& gradient : gradients)
    for (std::size_t i = 0; i < first_still; ++i) gradient[i] = generator.normal();
  return gradients;
}

/// a g + b h.
Gradients combined(double a, const Gradients& g, double b, const Gradients& h) {
  Gradients sum = g;
  for (std::size_t k = 0; k < steps; ++k)
    for (std::size_t i = 0; i < numbers; ++i) sum[k][i] = a * g[k][i] + b * h[k][i];
  return sum;
}

/// Where the gradients lead from 0.
std::vector<double> end_of(const optim::RuleInfo& rule, const Gradients& gradients) {
  const auto w = zeros();
  const auto optimizer = optimizer_on(rule, w);
  for (const std::vector<double>& gradient : gradients) {
    std::ranges::copy(gradient, w->grad.data());
    w->has_grad = true;
    optimizer->step();
  }
  return w->value.to_vector();
}

}  // namespace

bool searches_lines(const optim::RuleInfo& rule) {
  return optimizer_on(rule, zeros())->needs_closure();
}

FirstOrder first_order_class(const optim::RuleInfo& rule) {
  if (searches_lines(rule)) return {};
  Generator generator(0);
  const Gradients g = random_gradients(generator);
  const Gradients h = random_gradients(generator);
  const std::vector<double> of_g = end_of(rule, g);
  const std::vector<double> of_h = end_of(rule, h);
  const std::vector<double> of_both = end_of(rule, combined(2, g, -3, h));

  FirstOrder result{.linear = true, .diagonal = true};
  for (std::size_t i = 0; i < numbers; ++i) {
    if (i >= first_still && (of_g[i] != 0 || of_h[i] != 0)) result.diagonal = false;
    const double superposed = 2 * of_g[i] - 3 * of_h[i];
    const double size = 2 * std::abs(of_g[i]) + 3 * std::abs(of_h[i]);
    if (!(std::abs(of_both[i] - superposed) <= 1e-10 * size)) result.linear = false;
  }
  result.linear = result.linear && result.diagonal;
  return result;
}

}  // namespace ravine::lab
