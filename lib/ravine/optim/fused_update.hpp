#pragma once

#include <concepts>
#include <span>
#include <tuple>

#include "ravine/optim/layerwise_update.hpp"
#include "ravine/optim/rules.hpp"
#include "ravine/optim/update.hpp"

namespace ravine::optim {

/// A rule's loops compiled for vectors: none where it treats neither each element nor each tensor
/// alone.
template <class Rule, class T>
struct FusedUpdate {};

/// Updates all of an optimizer's parameters in one pass over their memory.
template <ElementwiseRule Rule, class T>
struct FusedUpdate<Rule, T> {
  void (*update)(const Rule&, Step, std::span<const Arrays<T>>);
};

/// The two passes over a tensor, which may be cut into pieces.
template <LayerwiseRule Rule, class T>
struct FusedUpdate<Rule, T> {
  Squares (*prepare)(const Rule&, Step, const Arrays<T>&);
  void (*move)(const Rule&, Step, double rate, const Arrays<T>&);
};

template <class Rules>
struct FusedUpdateTable;
template <class... Rules>
struct FusedUpdateTable<RuleList<Rules...>> {
  using type = std::tuple<FusedUpdate<Rules, float>..., FusedUpdate<Rules, double>...>;
};

/// The fused updates of the rules that ravine brings: `std::get<FusedUpdate<Adam, float>>(...)`.
using FusedUpdates = FusedUpdateTable<BuiltinRules>::type;

/// Those compiled for one instruction set, which the processor must have (tensor/simd.hpp).
template <class Level>
const FusedUpdates& fused_updates_for();

/// Those with the widest vectors that this processor has.
const FusedUpdates& fused_updates();

template <class Rule, class Rules>
inline constexpr bool is_in = false;
template <class Rule, class... Rules>
inline constexpr bool is_in<Rule, RuleList<Rules...>> = (std::same_as<Rule, Rules> || ...);

/// Rules that have a fused update.
template <class Rule>
concept BuiltinRule = is_in<Rule, BuiltinRules>;

/// The loops for a rule: those compiled for vectors, or plain ones for a rule that ravine does not
/// bring.
template <class Rule, class T>
FusedUpdate<Rule, T> loops_of() {
  if constexpr (BuiltinRule<Rule>)
    return std::get<FusedUpdate<Rule, T>>(fused_updates());
  else if constexpr (LayerwiseRule<Rule>)
    return {prepare_each<T, Rule>, move_each<T, Rule>};
  else
    return {update_each<T, Rule>};
}

}  // namespace ravine::optim
