#pragma once

#include "ravine/compare/protocol.hpp"

namespace ravine::compare {

/// All hyper-parameters of a contender at a point of its search space, by the names of the rule's
/// table: the rule's defaults, then what the contender's spec sets, then the point. Throws
/// UnknownName or InputError.
optim::Settings complete_settings(const Contender& contender, const optim::Settings& point);

}  // namespace ravine::compare
