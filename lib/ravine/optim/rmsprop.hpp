#pragma once

#include "ravine/optim/field.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Each coordinate's gradient over the root of its recent mean square.
struct RmsProp {
  double lr = 0.01, alpha = 0.99, eps = 1e-8, weight_decay = 0;
  bool eps_inside_root = false;

  static constexpr About about{
      .name = "rmsprop",
      .summary = "the gradient over the root of its recent mean square, coordinate by coordinate",
      .formula =
          "s ← α s + (1 − α) g²\n"
          "w ← w − lr g / (√s + ε)        ε inside the root: √(s + ε)",
      .reference = "Tieleman and Hinton (2012), Lecture 6.5, Neural Networks for Machine Learning"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr std::array slots{"s"};
  static constexpr Field<RmsProp> fields[] = {
      learning_rate_field(&RmsProp::lr),
      {"alpha", &RmsProp::alpha, below_one, "α, what the mean square keeps each step"},
      {"eps", &RmsProp::eps, non_negative, "ε, keeps the divisor from 0"},
      weight_decay_field(&RmsProp::weight_decay),
      {"eps_inside_root", &RmsProp::eps_inside_root, "√(s + ε) instead of √s + ε"}};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr), mean = Average<T>(alpha), root = Root<T>(eps, eps_inside_root)](
               auto& w, auto g, auto& s) {
      s = mean(s, g * g);
      w -= lr * g / root(s);
    };
  }
};

}  // namespace ravine::optim
