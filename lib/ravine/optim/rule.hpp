#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

namespace ravine::optim {

/// The number of an update, 1 for the first. It counts steps of the optimizer, not of a tensor.
using Step = std::uint64_t;

/// How a rule that has the field `weight_decay` applies it; the base does so before the update.
enum class Decay {
  coupled,    ///< g + weight_decay w takes the gradient's place (L2 regularisation)
  decoupled,  ///< w shrinks by lr weight_decay w beside the update (Loshchilov and Hutter, 2019)
};

/// What a rule says about itself to people.
struct About {
  std::string_view name;
  std::string_view summary;    ///< one line
  std::string_view formula;    ///< the update in the reference's notation, a line a statement
  std::string_view reference;  ///< where it was published
};

/// The most arrays of state a rule may keep for each parameter.
inline constexpr std::size_t max_slots = 4;

/// A rule of update: an aggregate of hyper-parameters (double or bool, with defaults) and
///
///     static constexpr About about{...};
///     static constexpr Field<Rule> fields[] = {{name, member, range, help}, ...};   // field.hpp
///     static constexpr std::array slots{"m", ...};     // the state's names; zero at the start
///     static constexpr Decay decay = Decay::coupled;   // with a field `weight_decay` only
template <class Rule>
concept UpdateRule = requires(const Rule rule) {
  Rule{};
  Rule::about.name;
  Rule::fields[0];
  requires std::tuple_size_v<decltype(Rule::slots)>
  <= max_slots;
};

/// A rule whose update treats each element alone. `at<T>(step)` gives it as a function of the
/// parameter, its gradient and its state, `(auto& w, auto g, auto& m, ...)`, generic over the
/// value: a T, or a batch of several. What depends on the step alone is worked out in `at`. Both
/// are called by several threads at once, each for elements of its own, and must not throw.
template <class Rule>
concept ElementwiseRule = UpdateRule<Rule> && requires(const Rule rule, Step step) {
  rule.template at<float>(step);
  rule.template at<double>(step);
};

template <class Rule>
concept HasWeightDecay = requires(const Rule rule) {
  rule.weight_decay;
};

}  // namespace ravine::optim
