#pragma once

#include "ravine/optim/rules/adam.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/optim/rules/nesterov.hpp"
#include "ravine/optim/rules/rmsprop.hpp"
#include "ravine/optim/rules/sgd.hpp"

namespace ravine::optim {

template <class... Rules>
struct RuleList {};

/// The rules that come with ravine, simple before complex. A row here is all that a rule's file
/// needs besides: it enters the registry and is compiled for every instruction set.
// clang-format off
using BuiltinRules = RuleList<
    Sgd,
    Momentum,
    Nesterov,
    RmsProp,
    Adam>;
// clang-format on

}  // namespace ravine::optim
