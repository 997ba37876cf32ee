#pragma once

#include "ravine/optim/rules/adabelief.hpp"
#include "ravine/optim/rules/adadelta.hpp"
#include "ravine/optim/rules/adagrad.hpp"
#include "ravine/optim/rules/adam.hpp"
#include "ravine/optim/rules/adamax.hpp"
#include "ravine/optim/rules/adamw.hpp"
#include "ravine/optim/rules/amsgrad.hpp"
#include "ravine/optim/rules/lamb.hpp"
#include "ravine/optim/rules/lbfgs.hpp"
#include "ravine/optim/rules/lion.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/optim/rules/nadam.hpp"
#include "ravine/optim/rules/nesterov.hpp"
#include "ravine/optim/rules/radam.hpp"
#include "ravine/optim/rules/rmsprop.hpp"
#include "ravine/optim/rules/rprop.hpp"
#include "ravine/optim/rules/sgd.hpp"
#include "ravine/optim/rules/yogi.hpp"

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
    Adagrad,
    RmsProp,
    Adadelta,
    Adam,
    AmsGrad,
    AdamW,
    Adamax,
    NAdam,
    RAdam,
    AdaBelief,
    Yogi,
    Lamb,
    Lion,
    Rprop,
    Lbfgs>;
// clang-format on

}  // namespace ravine::optim
