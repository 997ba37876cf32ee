#pragma once

#include <string>
#include <vector>

#include "ravine/compare/comparison.hpp"

// How the optimizers of a comparison and their hyper-parameters are named for people.

namespace ravine::report {

/// Of each standing, its rule's name where it is the only one of that rule, and otherwise its spec.
std::vector<std::string> shown_names(const compare::Comparison& comparison);

/// The selected hyper-parameters, or else the defaults: the learning rate, and those that are not
/// at their defaults. Throws UnknownName for a rule that is not registered.
optim::Settings shown_settings(const compare::Standing& standing);
/// `adam:lr=0.00213,beta1=0.93`: on a command line, just the setting that ran.
optim::Spec shown_spec(const compare::Standing& standing);

}  // namespace ravine::report
