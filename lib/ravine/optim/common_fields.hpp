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

/// The names that others than rules go by: schedules, logs, options.
inline constexpr std::string_view lr_name = "lr";
inline constexpr std::string_view momentum_name = "momentum";
inline constexpr std::string_view beta1_name = "beta1";
inline constexpr std::string_view weight_decay_name = "weight_decay";

/// Where a comparison looks for what is kept of the past: from two steps' memory to a hundred's,
/// and from ten to a thousand for squares, whose mean must be steadier.
inline constexpr Span tuned_momentum{.low = 0.5, .high = 0.99};
inline constexpr Span tuned_squares{.low = 0.9, .high = 0.999};

template <class Rule>
constexpr Field<Rule> lr_field(double Rule::*member, std::string_view help = "learning rate") {
  return {lr_name, member, non_negative, help};
}
template <class Rule>
constexpr Field<Rule> momentum_field(double Rule::*member, std::string_view alias = "beta") {
  return {momentum_name, member, below_one, "β, what the velocity keeps each step", alias};
}
template <class Rule>
constexpr Field<Rule> beta1_field(
    double Rule::*member, std::string_view help = "β₁, what the mean of g keeps each step") {
  return Field<Rule>(beta1_name, member, below_one, help).tuned_in(tuned_momentum);
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
  constexpr auto help = [] {
    switch (Rule::decay) {
      case Decay::coupled:
        return "λ, share of w added to the gradient (L2 penalty)";
      case Decay::decoupled:
        return "λ, share of w taken away beside the update, times lr";
      case Decay::own:
        break;
    }
    return "λ, share of w added to the step before it is scaled";
  };
  return {weight_decay_name, member, non_negative, help()};
}

}  // namespace ravine::optim
