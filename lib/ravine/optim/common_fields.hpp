#pragma once

#include <array>
#include <concepts>

#include "ravine/optim/field.hpp"

// Rows that many rules share, so that a hyper-parameter has the same name and range in all. Where
// it means something else in a rule, that one brings its own help.

namespace ravine::optim {

/// Rows in a table: the same as an array of them, for those that fit side by side.
template <class Rule, std::same_as<Field<Rule>>... Rows>
constexpr std::array<Field<Rule>, 1 + sizeof...(Rows)> table(Field<Rule> first, Rows... others) {
  return {first, others...};
}

template <class Rule>
constexpr Field<Rule> lr_field(double Rule::*member, std::string_view help = "learning rate") {
  return {"lr", member, non_negative, help};
}
template <class Rule>
constexpr Field<Rule> momentum_field(double Rule::*member, std::string_view alias = "beta") {
  return {"momentum", member, below_one, "β, what the velocity keeps each step", alias};
}
template <class Rule>
constexpr Field<Rule> beta1_field(
    double Rule::*member, std::string_view help = "β₁, what the mean of g keeps each step") {
  return {"beta1", member, below_one, help};
}
template <class Rule>
constexpr Field<Rule> beta2_field(
    double Rule::*member, std::string_view help = "β₂, what the mean of g² keeps each step") {
  return {"beta2", member, below_one, help};
}
template <class Rule>
constexpr Field<Rule> eps_field(double Rule::*member,
                                std::string_view help = "ε, keeps the divisor from 0") {
  return {"eps", member, non_negative, help};
}
template <class Rule>
constexpr Field<Rule> eps_inside_root_field(bool Rule::*member) {
  return {"eps_inside_root", member, "ε under the root instead of beside it"};
}
template <class Rule>
constexpr Field<Rule> initial_accumulator_field(double Rule::*member, std::string_view help) {
  return {"initial_accumulator_value", member, non_negative, help};
}
template <class Rule>
constexpr Field<Rule> amsgrad_field(bool Rule::*member) {
  return {"amsgrad", member, "divide by the largest v so far, which never shrinks"};
}
template <class Rule>
constexpr Field<Rule> second_moment_field(bool Rule::*member) {
  return {"second_moment", member, "false: m alone, w ← w − lr m̂"};
}
template <class Rule>
constexpr Field<Rule> bias_correction_field(
    bool Rule::*member, std::string_view help = "false: m̂ = m and v̂ = v, too small at the start") {
  return {"bias_correction", member, help};
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
