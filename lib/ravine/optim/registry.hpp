#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "ravine/optim/rule_optimizer.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

/// A hyper-parameter as the help shows it.
struct FieldInfo {
  std::string_view name;
  Value standard;     ///< the default
  std::string range;  ///< "[0, 1)", or "true or false"
  std::string_view help;
};

/// Makes an optimizer of a rule's defaults and the settings given. Throws UnknownName or
/// InputError.
template <class T>
using MakeOptimizer = std::unique_ptr<Optimizer<T>> (*)(Parameters<T>, const Settings&);

/// A row of the registry: what is known of a rule without its type.
struct RuleInfo {
  About about;
  std::vector<FieldInfo> fields;
  std::vector<std::string_view> slots;
  std::optional<Decay> decay;  ///< of rules that have a weight decay
  std::tuple<MakeOptimizer<float>, MakeOptimizer<double>> make;
};

/// Bytes of state the rule keeps for each element of a parameter that takes `element_size` bytes.
std::size_t state_bytes_per_parameter(const RuleInfo& rule, std::size_t element_size);
/// The whole update, a line a statement: the weight decay, if there is one, and the rule's formula.
std::string full_formula(const RuleInfo& rule);

/// All rules: those that ravine brings, simple before complex, then the user's as they came. Rows
/// stay where they are.
const std::deque<RuleInfo>& rules();
/// The row of a name. Throws UnknownName, offering the nearest.
const RuleInfo& find_rule(std::string_view name);
/// Adds a row, before other threads use the registry. Throws InputError when the name is taken.
void register_rule(RuleInfo rule);

/// A row of `Rule`'s table without its type.
template <UpdateRule Rule>
FieldInfo info_of(const Field<Rule>& row) {
  static constexpr Rule standard{};
  return {.name = row.name,
          .standard = row.of(standard),
          .range = row.is_flag() ? "true or false" : text(row.range),
          .help = row.help};
}

/// `Rule` without its type.
template <ElementwiseRule Rule>
RuleInfo info_of() {
  constexpr auto make = []<class T>(Parameters<T> parameters, const Settings& settings) {
    return std::unique_ptr<Optimizer<T>>(std::make_unique<RuleOptimizer<Rule, T>>(
        configured<Rule>(settings), std::move(parameters)));
  };
  RuleInfo info{.about = Rule::about,
                .fields = {},
                .slots = {Rule::slots.begin(), Rule::slots.end()},
                .decay = {},
                .make = {make, make}};
  for (const Field<Rule>& row : Rule::fields) info.fields.push_back(info_of(row));
  if constexpr (HasWeightDecay<Rule>) info.decay = Rule::decay;
  return info;
}

/// Makes a rule known by its name, as ravine's own are. Throws InputError when the name is taken.
template <ElementwiseRule Rule>
void register_rule() {
  register_rule(info_of<Rule>());
}

}  // namespace ravine::optim
