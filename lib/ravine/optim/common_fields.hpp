#pragma once

#include "ravine/optim/field.hpp"

// Rows that many rules share, so that a hyper-parameter has the same name, range and meaning in
// all.

namespace ravine::optim {

template <class Rule>
constexpr Field<Rule> lr_field(double Rule::*member) {
  return {"lr", member, non_negative, "learning rate"};
}
template <class Rule>
constexpr Field<Rule> momentum_field(double Rule::*member) {
  return {"momentum", member, below_one, "β, what the velocity keeps each step", "beta"};
}
template <class Rule>
constexpr Field<Rule> beta1_field(double Rule::*member) {
  return {"beta1", member, below_one, "β₁, what the mean of g keeps each step"};
}
template <class Rule>
constexpr Field<Rule> beta2_field(double Rule::*member) {
  return {"beta2", member, below_one, "β₂, what the mean of g² keeps each step"};
}
template <class Rule>
constexpr Field<Rule> eps_field(double Rule::*member) {
  return {"eps", member, non_negative, "ε, keeps the divisor from 0"};
}
template <class Rule>
constexpr Field<Rule> eps_inside_root_field(bool Rule::*member) {
  return {"eps_inside_root", member, "ε under the root instead of beside it"};
}
template <class Rule>
constexpr Field<Rule> bias_correction_field(bool Rule::*member) {
  return {"bias_correction", member, "divide the means by what they lack at the start"};
}
template <class Rule>
constexpr Field<Rule> weight_decay_field(double Rule::*member) {
  switch (Rule::decay) {
    case Decay::coupled:
      return {"weight_decay", member, non_negative,
              "λ, share of w added to the gradient (L2 penalty)"};
    case Decay::decoupled:
      return {"weight_decay", member, non_negative,
              "λ, share of w taken away beside the update, times lr"};
    case Decay::own:
      break;
  }
  return {"weight_decay", member, non_negative,
          "λ, share of w added to the step before it is scaled"};
}

}  // namespace ravine::optim
