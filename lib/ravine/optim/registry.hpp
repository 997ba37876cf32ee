#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "ravine/optim/rule_info.hpp"

namespace ravine::optim {

/// All rules: those that ravine brings, simple before complex, then the user's as they came. Rows
/// stay where they are.
const std::deque<RuleInfo>& rules();
/// The row of a name. Throws UnknownName, offering the nearest.
const RuleInfo& find_rule(std::string_view name);
/// The rule's field of that name or alias, without its type. Throws UnknownName, offering the
/// nearest.
const FieldInfo& field_named(const RuleInfo& rule, std::string_view name);
/// Bytes of state that the rule keeps by default for each element of a parameter that takes
/// `element_size` bytes.
std::size_t state_bytes_per_parameter(const RuleInfo& rule, std::size_t element_size);
/// The whole update, a line a statement: the weight decay, if there is one, and the rule's formula.
std::string full_formula(const RuleInfo& rule);

}  // namespace ravine::optim
