#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>

#include "ravine/optim/registry.hpp"

namespace ravine::report {

/// What a reader wants to know of a rule's hyper-parameters: the first, which is the learning rate,
/// and those that differ from their defaults. Throws UnknownName for a rule that is not registered.
optim::Settings telling_settings(std::string_view rule, const optim::Settings& settings);
/// The same with blanks between them.
std::string settings_text(std::string_view rule, const optim::Settings& settings);

/// What `ravine optimizers` prints: a line a rule.
std::string optimizer_list(const std::deque<optim::RuleInfo>& rules);
/// What `ravine optimizers NAME` prints: the update in the field's notation, each hyper-parameter,
/// the state and the reference.
std::string optimizer_page(const optim::RuleInfo& rule);
/// The same as JSON: of all rules, or of one.
std::string optimizers_json(std::span<const optim::RuleInfo* const> rules);

}  // namespace ravine::report
