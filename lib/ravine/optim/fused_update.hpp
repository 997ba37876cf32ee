#pragma once

#include <concepts>
#include <span>
#include <tuple>

#include "ravine/optim/rules.hpp"
#include "ravine/optim/update.hpp"

namespace ravine::optim {

/// A function that updates all of an optimizer's parameters in one pass over their memory.
template <class Rule, class T>
using FusedUpdate = void (*)(const Rule&, Step, std::span<const Arrays<T>>);

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

}  // namespace ravine::optim
