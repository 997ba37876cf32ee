#pragma once

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/terms.hpp"

namespace ravine::optim {

/// Each coordinate's gradient over the root of its recent mean square; centered: over its deviation
/// (Graves, 2013, equations 38 to 45).
struct RmsProp {
  double lr = 0.01, alpha = 0.99, eps = 1e-8, momentum = 0, weight_decay = 0;
  bool centered = false, eps_inside_root = false;

  static constexpr About about{
      .name = "rmsprop",
      .summary = "the gradient over the root of its recent mean square, coordinate by coordinate",
      .formula =
          "s ← α s + (1 − α) g²           centered: m ← α m + (1 − α) g, s − m² for s below\n"
          "v ← β v + g / (√s + ε)\n"
          "w ← w − lr v",
      .reference = "Tieleman and Hinton (2012), Lecture 6.5, Neural Networks for Machine Learning"};
  static constexpr Decay decay = Decay::coupled;
  static constexpr Slot<RmsProp> slots[] = {
      {"s"}, {"m", &RmsProp::centered}, {"v", &RmsProp::momentum}};
  static constexpr Field<RmsProp> fields[] = {
      lr_field(&RmsProp::lr),
      Field<RmsProp>("alpha", &RmsProp::alpha, below_one, "α, what the mean square keeps each step",
                     "beta")
          .tuned_in(tuned_squares),
      eps_field(&RmsProp::eps),
      momentum_field(&RmsProp::momentum, ""),
      weight_decay_field(&RmsProp::weight_decay),
      {"centered", &RmsProp::centered, "divide by the deviation from the mean gradient"},
      eps_inside_root_field(&RmsProp::eps_inside_root)};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr), mean = Average<T>(alpha), root = Root<T>(eps, eps_inside_root),
            beta = T(momentum), centered = centered](auto& w, auto g, auto& s, auto& m, auto& v) {
      using V = decltype(g);
      s = mean(s, g * g);
      if (centered) m = mean(m, g);
      // Rounding can take the difference below 0.
      const V variance = centered ? max(V(0), V(s - m * m)) : s;
      if (beta == 0) {  // lr g / root and lr (g / root) differ in the last bit
        w -= lr * g / root(variance);
      } else {
        v = beta * v + g / root(variance);
        w -= lr * v;
      }
    };
  }
};

}  // namespace ravine::optim
