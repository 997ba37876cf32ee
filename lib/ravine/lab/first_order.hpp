#pragma once

#include "ravine/optim/rule_info.hpp"

// Which rules a lower bound for first-order methods holds for is asked of the rules themselves:
// each is fed gradients made up at random, and where it goes tells its class. So a rule of the
// user's own is judged by the same standard as ravine's.

namespace ravine::lab {

/// How a rule makes its points of the gradients g_0, g_1, ... so far, one a step.
struct FirstOrder {
  /// w^k = w^0 + sum_i gamma_i^k g_i with numbers gamma that are fixed in advance, as in gradient
  /// descent and momentum: a linear first-order method (Goh, 2017, "The Limits of Descent"). Twice
  /// the gradients lead twice as far.
  bool linear = false;
  /// w^k = w^0 + sum_i Gamma_i^k g_i with diagonal matrices Gamma, which may depend on the
  /// gradients, as in Adam and AdaGrad: a number all of whose gradients were 0 stays where it is.
  /// Not so is what takes several gradients a step, or moves without one.
  bool diagonal = false;
};

/// Whether the rule searches along lines, and takes several gradients a step.
bool searches_lines(const optim::RuleInfo& rule);

/// Of the rule with its default settings, from w^0 = 0.
FirstOrder first_order_class(const optim::RuleInfo& rule);

}  // namespace ravine::lab
