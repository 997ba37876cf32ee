#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "ravine/optim/optimizer.hpp"

// By what factor a rule changes the second of two gradients g1, g2 of a parameter: the direction of
// its second step, divided by g2. Plain gradient descent has 1.

namespace ravine::lab {

enum class AmplifyingRule {
  momentum,  ///< C_m = (beta g1 + g2) / g2
  adaptive,  ///< rmsprop, C_a = 1 / (sqrt(alpha (1 - alpha) g1^2 + (1 - alpha) g2^2) + eps)
  adam,      ///< both, with bias correction
  /// C_A = (1 - beta1) (beta1 g1 + g2) / (sqrt((1 - beta2) (beta2 g1^2 + g2^2)) + eps) / g2
  adam_uncorrected,
};

/// In the order of the rules: `momentum`, `adaptive`, `adam`, `adam-uncorrected`.
std::span<const std::string> amplifying_rule_names();
const std::string& name_of(AmplifyingRule rule);
/// Throws UnknownName, offering the nearest.
AmplifyingRule amplifying_rule_named(std::string_view name);

/// A factor in closed form, with the size that its terms have before they cancel: what rounding is
/// measured by.
struct ClosedFactor {
  double value;
  double size;
};

/// A rule with its settings.
struct Amplifier {
  std::string registered;    ///< the rule's name in the registry
  optim::Settings settings;  ///< every hyper-parameter of it
  std::function<std::unique_ptr<optim::Optimizer<double>>(const Parameters<double>&)> make;
  std::function<ClosedFactor(double g1, double g2)> closed_form;
};

/// Throws UnknownName or InputError for settings that the registered rule does not allow, that its
/// closed form has no place for, for Adam's bias correction, which the name tells, and for a
/// learning rate of 0.
Amplifier amplifier(AmplifyingRule rule, const optim::Settings& settings);

/// What bias correction multiplies Adam's second step by, sqrt(1 - beta2^2) / (1 - beta1^2), but
/// for eps: 0.2353 at the defaults. Throws as `amplifier`.
double second_step_correction(const optim::Settings& settings_of_adam);

}  // namespace ravine::lab
