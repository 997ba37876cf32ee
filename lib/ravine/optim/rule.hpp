#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace ravine::optim {

/// The number of an update, 1 for the first. It counts steps of the optimizer, not of a tensor.
using Step = std::uint64_t;

/// How a rule that has the field `weight_decay` applies it.
enum class Decay {
  coupled,    ///< the base puts g + weight_decay w in the gradient's place (L2 regularisation)
  decoupled,  ///< the base shrinks w by lr weight_decay w first (Loshchilov and Hutter, 2019)
  own,        ///< the rule's formula has it
};

/// What a rule or a schedule says about itself to people.
struct About {
  std::string_view name;
  std::string_view summary;    ///< one line
  std::string_view formula;    ///< the update in the reference's notation, a line a statement
  std::string_view reference;  ///< where it was published
};

/// A number or a flag of a rule, or none. Two pointers take the compiler far less than a variant of
/// them, of which it would make one a rule.
template <class Rule>
struct Switch {
  double Rule::*number = nullptr;
  bool Rule::*flag = nullptr;

  constexpr Switch() = default;
  constexpr Switch(double Rule::*its_number) : number(its_number) {}
  constexpr Switch(bool Rule::*its_flag) : flag(its_flag) {}
  constexpr bool is_none() const { return number == nullptr && flag == nullptr; }
};

/// One array of state, an element for each of a parameter's.
template <class Rule>
struct Slot {
  std::string_view name;
  /// The field without which, at 0 or false, the array is not kept; the rule reads 0 in its place.
  Switch<Rule> kept_with = {};
  /// The field that has its value at the start; otherwise that is 0.
  double Rule::*start = nullptr;

  constexpr bool always_kept() const { return kept_with.is_none(); }
  bool kept(const Rule& rule) const {
    if (kept_with.number != nullptr) return rule.*kept_with.number != 0;
    if (kept_with.flag != nullptr) return rule.*kept_with.flag;
    return true;
  }
};

/// The most slots that a rule may have.
inline constexpr std::size_t max_slots = 4;

template <class Rule>
inline constexpr std::size_t slot_count = 0;
template <class Rule>
requires requires { Rule::slots; }
inline constexpr std::size_t slot_count<Rule> = std::size(Rule::slots);

/// A rule of update: an aggregate of hyper-parameters (double or bool, with defaults), `lr` one of
/// them, and
///
///     static constexpr About about{...};
///     static constexpr Field<Rule> fields[] = {{name, member, range, help}, ...};   // field.hpp
///     static constexpr Slot<Rule> slots[] = {{"m"}, ...};   // the state, if it has any
///     static constexpr Decay decay = Decay::coupled;        // with a field `weight_decay` only
///
/// A rule may have numbers that change with each step, kept and saved with the state:
///
///     static constexpr Field<Rule> running[] = {...};
///     void advance(Step step);                              // called once before a step's update
template <class Rule>
concept UpdateRule = requires(const Rule rule) {
  Rule{};
  Rule::about.name;
  Rule::fields[0];
  rule.lr;
  requires slot_count<Rule>
  <= max_slots;
};

template <class Rule>
concept HasUpdate = UpdateRule<Rule> && requires(const Rule rule, Step step) {
  rule.template at<float>(step);
  rule.template at<double>(step);
};

/// A rule whose update treats each tensor alone: it moves by a rate that depends on norms. There
/// `at<T>(step)` changes the state alone; `direction<T>(step)` then gives the direction r as a
/// function of the parameter and its new state, `(auto w, auto m, ...)`, and `rate(norm_w, norm_r)`
/// of the tensor's and the direction's Euclidean norms, the rate: w ← w − rate r.
template <class Rule>
concept LayerwiseRule = HasUpdate<Rule> && requires(const Rule rule, Step step, double norm) {
  rule.template direction<float>(step);
  rule.template direction<double>(step);
  { rule.rate(norm, norm) } -> std::same_as<double>;
};

/// A rule whose update treats each element alone. `at<T>(step)` gives it as a function of the
/// parameter, its gradient and its state, `(auto& w, auto g, auto& m, ...)`, generic over the
/// value: a T, or a batch of several. What depends on the step alone is worked out in `at`. Both
/// are called by several threads at once, each for elements of its own, and must not throw. What
/// `at` returns outlives the rule that it was called on, which may be a copy: it captures by value,
/// `*this` where it needs all of it, and never `this` or a reference.
template <class Rule>
concept ElementwiseRule = HasUpdate<Rule> && !LayerwiseRule<Rule>;

template <class Rule>
concept HasWeightDecay = requires(const Rule rule) {
  rule.weight_decay;
};

template <class Rule>
concept DecaysInGradient = HasWeightDecay<Rule> && Rule::decay == Decay::coupled;

template <class Rule>
concept DecaysBeside = HasWeightDecay<Rule> && Rule::decay == Decay::decoupled;

template <class Rule>
concept HasRunning = requires(Rule rule, Step step) {
  Rule::running[0];
  rule.advance(step);
};

}  // namespace ravine::optim
