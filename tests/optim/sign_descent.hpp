#pragma once

#include "ravine/optim/common_fields.hpp"

namespace ravine::optim::testing {

/// A rule of a user's own, with a decoupled decay and a state that counts the steps upwards.
struct SignDescent {
  double lr = 0.01, weight_decay = 0;

  static constexpr About about{.name = "sign_descent",
                               .summary = "a step of fixed length against the gradient's sign",
                               .formula = "w ← w − lr sign(g)",
                               .reference = "Riedmiller and Braun (1993), without adaptation"};
  static constexpr Decay decay = Decay::decoupled;
  static constexpr Slot<SignDescent> slots[] = {{"steps_up"}};
  static constexpr Field<SignDescent> fields[] = {lr_field(&SignDescent::lr),
                                                  weight_decay_field(&SignDescent::weight_decay)};

  template <class T>
  auto at(Step) const {
    return [lr = T(lr)](auto& w, auto g, auto& steps_up) {
      if (g < 0) ++steps_up;
      w -= lr * T((g > 0) - (g < 0));
    };
  }
};

}  // namespace ravine::optim::testing
