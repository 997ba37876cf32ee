#pragma once

#include "ravine/optim/rules/adam.hpp"

namespace ravine::optim {

/// Adam with the settings that it shares with a variant of it: the update of both is one.
template <class Variant>
Adam as_adam(const Variant& rule, bool amsgrad) {
  return {.lr = rule.lr,
          .beta1 = rule.beta1,
          .beta2 = rule.beta2,
          .eps = rule.eps,
          .amsgrad = amsgrad,
          .bias_correction = rule.bias_correction,
          .eps_inside_root = rule.eps_inside_root};
}

}  // namespace ravine::optim
