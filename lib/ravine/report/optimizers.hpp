#pragma once

#include <deque>
#include <span>
#include <string>

#include "ravine/optim/registry.hpp"

namespace ravine::report {

/// What `ravine optimizers` prints: a line a rule.
std::string optimizer_list(const std::deque<optim::RuleInfo>& rules);
/// What `ravine optimizers NAME` prints: the update in the field's notation, each hyper-parameter,
/// the state and the reference.
std::string optimizer_page(const optim::RuleInfo& rule);
/// The same as JSON: of all rules, or of one.
std::string optimizers_json(std::span<const optim::RuleInfo* const> rules);

}  // namespace ravine::report
