#pragma once

#include <string>
#include <vector>

#include "ravine/compare/comparison.hpp"

// How the optimizers of a comparison and their hyper-parameters are named for people.

namespace ravine::report {

/// Of each standing, its rule's name where it is the only one of that rule, and otherwise its spec.
std::vector<std::string> shown_names(const compare::Comparison& comparison);

/// The selected hyper-parameters, or else the defaults: the learning rate, and those that are not
/// at their defaults. Values that a search came upon are rounded to three digits, of what is kept
/// of the past (0.99971) to three digits of what is not. Throws UnknownName for a rule that is not
/// registered.
optim::Settings shown_settings(const compare::Standing& standing);
/// `adam:lr=0.00213,beta1=0.93`, as a command line takes it.
std::string shown_spec(const compare::Standing& standing);

}  // namespace ravine::report
