#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "ravine/autograd/tape.hpp"
#include "ravine/autograd/variable.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

// Holds the gradients of an operation against central differences of its values, in double.

namespace ravine::test {

using Variables = std::vector<Variable<double>>;
/// From variables to a variable of any shape; the same values for the same inputs at every call.
using Function = std::function<Variable<double>(const Variables&)>;

/// Where the elements of an input are drawn from.
struct Domain {
  double low = -2;
  double high = 2;
  /// Places where the derivative jumps; inputs keep away from them.
  std::vector<double> kinks = {};
};

struct GradientTolerance {
  double relative = 1e-7;
  double absolute = 1e-8;
};

namespace detail {

constexpr double step = 1e-4;
constexpr double distance_from_kinks = 10 * step;

/// L = sum of weights * y, so that every element of y matters and each differently. A node of its
/// own: the checker relies on no operation that it checks.
inline Variable<double> contracted(const Variable<double>& y) {
  Generator generator(11);
  Tensor<double> weights = Tensor<double>::uninitialized(y.shape());
  fill_uniform(weights, 0.5, 1.5, generator);
  for (double& weight : weights.values())
    if (generator.below(2) == 0) weight = -weight;
  double total = 0;
  for (std::size_t i = 0; i < y.value().size(); ++i) total += weights[i] * y.value()[i];
  return record<double>("contracted", Tensor<double>::scalar(total), {&y},
                        [weights](const Backward<double>& backward) {
                          Tensor<double> dy = weights.clone();
                          for (double& d : dy.values()) d *= backward.grad().item();
                          backward.add(0, dy);
                        });
}

/// The variable itself, as a node of the tape.
inline Variable<double> passed_on(const Variable<double>& x) {
  return record<double>("passed_on", x.value().clone(), {&x}, [](const Backward<double>& backward) {
    backward.add(0, backward.grad().clone());
  });
}

/// dL/dx by the central difference of fourth order, whose error is h^4 |L'''''| / 30.
inline Tensor<double> central_differences(const Function& function,
                                          const std::vector<Tensor<double>>& inputs,
                                          std::size_t input) {
  std::vector<Tensor<double>> moved = inputs;
  moved[input] = inputs[input].clone();
  Tensor<double> result = Tensor<double>::uninitialized(inputs[input].shape());
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto loss = [&](double offset) {
      moved[input][i] = inputs[input][i] + offset;
      return contracted(function(Variables(moved.begin(), moved.end()))).item();
    };
    result[i] = (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / (12 * step);
    loss(0);
  }
  return result;
}

}  // namespace detail

/// Inputs of these shapes, no two elements of them closer than a part of the domain (so that no
/// maximum is a tie), and none close to a kink.
inline std::vector<Tensor<double>> draw_inputs(const std::vector<Shape>& shapes,
                                               const std::vector<Domain>& domains,
                                               std::uint64_t seed = 5) {
  Generator generator(seed);
  std::size_t count = 0;
  for (const Shape& shape : shapes) count += shape.size();
  const std::vector<std::size_t> cells = generator.permutation(count);
  auto cell = cells.begin();
  std::vector<Tensor<double>> inputs;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const Domain& domain = domains[std::min(i, domains.size() - 1)];
    Tensor<double>& input = inputs.emplace_back(Tensor<double>::uninitialized(shapes[i]));
    for (double& x : input.values()) {
      const double place = static_cast<double>(*cell++) + 0.25 + 0.5 * generator.uniform();
      x = domain.low + (domain.high - domain.low) * place / static_cast<double>(count);
      for (const double kink : domain.kinks)
        if (std::abs(x - kink) < detail::distance_from_kinks)
          x = kink + std::copysign(detail::distance_from_kinks, x - kink);
    }
  }
  return inputs;
}

/// Succeeds when every gradient of `function` at `inputs` agrees with central differences in sign
/// and size: with all inputs as parameters, with each alone (the others constant), and where
/// the inputs are results of other operations and used twice. A failure names the operation, the
/// input and the element.
inline testing::AssertionResult gradients_agree(const std::string& operation,
                                                const Function& function,
                                                const std::vector<Tensor<double>>& inputs,
                                                GradientTolerance tolerance = {}) {
  std::vector<Tensor<double>> expected;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    expected.push_back(detail::central_differences(function, inputs, i));

  const auto compare = [&](const std::string& how, const Variables& leaves, double factor) {
    for (std::size_t i = 0; i < leaves.size(); ++i) {
      if (!leaves[i].requires_grad()) continue;
      const Tensor<double>& grad = leaves[i].grad();
      for (std::size_t e = 0; e < grad.size(); ++e) {
        const double wanted = factor * expected[i][e];
        const double allowed =
            tolerance.absolute + tolerance.relative * std::max(std::abs(wanted), std::abs(grad[e]));
        if (!(std::abs(grad[e] - wanted) <= allowed))
          return testing::AssertionFailure()
                 << operation << " (" << how << "): input " << i << " of shape "
                 << text(inputs[i].shape()) << ", element " << e << " (value " << inputs[i][e]
                 << "): backward gives " << grad[e] << ", central differences give " << wanted;
      }
    }
    return testing::AssertionSuccess();
  };
  const auto leaf = [](const Tensor<double>& value) { return parameter(value.clone()); };

  Variables all;
  for (const auto& input : inputs) all.push_back(leaf(input));
  detail::contracted(function(all)).backward();
  if (auto result = compare("all inputs", all, 1); !result) return result;

  for (std::size_t i = 0; i < inputs.size() && inputs.size() > 1; ++i) {
    Variables alone(inputs.begin(), inputs.end());
    alone[i] = leaf(inputs[i]);
    detail::contracted(function(alone)).backward();
    if (auto result = compare("one input", alone, 1); !result) return result;
  }

  Variables leaves;
  Variables nodes;
  for (const auto& input : inputs) {
    leaves.push_back(leaf(input));
    nodes.push_back(detail::passed_on(leaves.back()));
  }
  const Variable<double> once = detail::contracted(function(nodes));
  const Variable<double> again = detail::contracted(function(nodes));
  record<double>("sum", Tensor<double>::scalar(once.item() + again.item()), {&once, &again},
                 [](const Backward<double>& backward) {
                   backward.add(0, backward.grad().clone());
                   backward.add(1, backward.grad().clone());
                 })
      .backward();
  return compare("inputs used twice", leaves, 2);
}

}  // namespace ravine::test
