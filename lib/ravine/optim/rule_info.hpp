#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

#include "ravine/optim/check_rule.hpp"
#include "ravine/optim/make.hpp"

namespace ravine::optim {

/// Makes an optimizer of a rule's defaults and the settings given. Throws UnknownName or
/// InputError.
template <class T>
using MakeOptimizer = std::unique_ptr<Optimizer<T>> (*)(const Parameters<T>&, const Settings&,
                                                        const Groups&);

/// A slot as the help shows it.
struct SlotInfo {
  std::string_view name;
  std::string_view kept_with;  ///< the field without which it is not kept; empty where always
  bool by_default;             ///< whether it is kept with the rule's defaults
};

/// What a rule treats alone, so that cutting the parameters further apart changes nothing.
enum class Scope { element, tensor, all_parameters };

/// A row of the registry: what is known of a rule without its type.
struct RuleInfo {
  About about;
  std::vector<FieldInfo> fields;
  std::vector<SlotInfo> slots;
  std::string_view state;        ///< in place of slots, what a rule of its own optimizer keeps
  std::size_t state_arrays = 0;  ///< kept with the defaults, each of a parameter's size
  std::optional<Decay> decay;    ///< of rules that have a weight decay
  Scope scope = Scope::element;
  std::tuple<MakeOptimizer<float>, MakeOptimizer<double>> make;
};

/// Adds a row to the registry, before other threads use it. Throws InputError when the name is
/// taken or has other characters than a-z, 0-9 and _, when there is no field for the learning rate
/// or for a weight decay, and when two fields or slots have one name.
void register_rule(RuleInfo rule);

/// A row of `Rule`'s slots without its type.
template <UpdateRule Rule>
SlotInfo info_of(const Slot<Rule>& slot) {
  static const Rule standard{};
  SlotInfo info{.name = slot.name, .kept_with = {}, .by_default = slot.kept(standard)};
  for (const Field<Rule>& row : Rule::fields)
    if (!slot.always_kept() && row.is(slot.kept_with)) info.kept_with = row.name;
  return info;
}

/// `Rule` without its type.
template <class Rule>
RuleInfo info_of() {
  static_cast<void>(check_rule<Rule>());
  constexpr auto make_it = []<class T>(const Parameters<T>& parameters, const Settings& settings,
                                       const Groups& groups) {
    return make(configured<Rule>(settings), parameters, groups);
  };
  RuleInfo info{.about = Rule::about,
                .fields = infos_of_fields<Rule>(),
                .slots = {},
                .state = {},
                .decay = {},
                .scope = ElementwiseRule<Rule> ? Scope::element
                         : LayerwiseRule<Rule> ? Scope::tensor
                                               : Scope::all_parameters,
                .make = {make_it, make_it}};
  if constexpr (slot_count<Rule> != 0)
    for (const Slot<Rule>& slot : Rule::slots) info.slots.push_back(info_of(slot));
  for (const SlotInfo& slot : info.slots) info.state_arrays += slot.by_default ? 1 : 0;
  if constexpr (requires { Rule::state; }) {
    info.state = Rule::state;
    info.state_arrays = Rule{}.state_arrays();
  }
  if constexpr (HasWeightDecay<Rule>) info.decay = Rule::decay;
  return info;
}

/// Makes a rule known by its name, as ravine's own are. Throws InputError as above, and for a
/// default out of its range.
template <class Rule>
void register_rule() {
  if constexpr (check_rule<Rule>()) {
    checked(Rule{});
    register_rule(info_of<Rule>());
  }
}

}  // namespace ravine::optim
