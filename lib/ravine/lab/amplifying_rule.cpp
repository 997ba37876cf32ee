#include "ravine/lab/amplifying_rule.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ravine/optim/make.hpp"
#include "ravine/optim/rules/adam.hpp"
#include "ravine/optim/rules/momentum.hpp"
#include "ravine/optim/rules/rmsprop.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

const std::array<std::string, 4> names{std::string(optim::Momentum::about.name), "adaptive",
                                       std::string(optim::Adam::about.name), "adam-uncorrected"};

/// Throws unless the rule is as the closed form understands it.
template <class Rule>
Rule understood(const Rule& asked, const Rule& closed) {
  for (const optim::Field<Rule>& row : Rule::fields)
    if (row.of(asked) != row.of(closed))
      throw InputError(text("amplification: the closed form of ", Rule::about.name,
                            " has no place for ", row.name, "=", row.of(asked), " (leave it at ",
                            row.of(closed), ")"));
  if (asked.lr == 0)
    throw InputError(text("amplification: ", optim::lr_name,
                          " must be above 0 for a step to be made, 0 was given"));
  return asked;
}

template <class Rule, class ClosedForm>
Amplifier amplifier_of(const Rule& rule, const ClosedForm& closed_form) {
  return {
      .registered = std::string(Rule::about.name),
      .settings = optim::settings_of(rule),
      .make =
          [rule](const Parameters<double>& parameters) { return optim::make(rule, parameters); },
      .closed_form = closed_form};
}

Amplifier momentum_amplifier(const optim::Settings& settings) {
  const auto asked = optim::configured<optim::Momentum>(settings);
  const optim::Momentum rule = understood(asked, {.lr = asked.lr, .momentum = asked.momentum});
  return amplifier_of(rule, [beta = rule.momentum](double g1, double g2) -> ClosedFactor {
    return {(beta * g1 + g2) / g2, beta * std::abs(g1 / g2) + 1};
  });
}

/// sqrt(x) + eps, or sqrt(x + eps).
double divisor(double x, double eps, bool eps_inside_root) {
  return eps_inside_root ? std::sqrt(x + eps) : std::sqrt(x) + eps;
}

Amplifier adaptive_amplifier(const optim::Settings& settings) {
  const auto asked = optim::configured<optim::RmsProp>(settings);
  const optim::RmsProp rule = understood(asked, {.lr = asked.lr,
                                                 .alpha = asked.alpha,
                                                 .eps = asked.eps,
                                                 .eps_inside_root = asked.eps_inside_root});
  return amplifier_of(rule, [rule](double g1, double g2) -> ClosedFactor {
    const double square = (1 - rule.alpha) * (rule.alpha * g1 * g1 + g2 * g2);
    const double factor = 1 / divisor(square, rule.eps, rule.eps_inside_root);
    return {factor, factor};
  });
}

/// Throws where the settings name what Adam's two variants differ by.
void check_variant(const optim::Settings& settings) {
  const auto row = std::ranges::find(optim::Adam::fields, &optim::Adam::bias_correction,
                                     &optim::Field<optim::Adam>::flag);
  const auto set = std::ranges::find(settings, row->name, &optim::Setting::name);
  if (set != settings.end())
    throw InputError(text("amplification: ", *set, " is not a setting here but what ",
                          name_of(AmplifyingRule::adam), " and ",
                          name_of(AmplifyingRule::adam_uncorrected), " differ by (name the rule)"));
}

optim::Adam adam_rule(const optim::Settings& settings, bool bias_correction) {
  check_variant(settings);
  const auto asked = optim::configured<optim::Adam>(settings);
  optim::Adam rule = understood(asked, {.lr = asked.lr,
                                        .beta1 = asked.beta1,
                                        .beta2 = asked.beta2,
                                        .eps = asked.eps,
                                        .eps_inside_root = asked.eps_inside_root});
  rule.bias_correction = bias_correction;
  return rule;
}

Amplifier adam_amplifier(const optim::Adam& rule) {
  return amplifier_of(rule, [rule](double g1, double g2) -> ClosedFactor {
    const double beta1 = rule.beta1, beta2 = rule.beta2;
    const bool corrected = rule.bias_correction;
    const double mean = (1 - beta1) / (corrected ? 1 - beta1 * beta1 : 1);
    const double square =
        (1 - beta2) * (beta2 * g1 * g1 + g2 * g2) / (corrected ? 1 - beta2 * beta2 : 1);
    const double scale = mean / divisor(square, rule.eps, rule.eps_inside_root);
    return {scale * (beta1 * g1 + g2) / g2, scale * (beta1 * std::abs(g1 / g2) + 1)};
  });
}

}  // namespace

std::span<const std::string> amplifying_rule_names() { return names; }

const std::string& name_of(AmplifyingRule rule) { return names[static_cast<std::size_t>(rule)]; }

AmplifyingRule amplifying_rule_named(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found == names.end())
    throw UnknownName(
        text("amplification: there is no rule '", name, "'", suggestion(name, names)));
  return static_cast<AmplifyingRule>(found - names.begin());
}

Amplifier amplifier(AmplifyingRule rule, const optim::Settings& settings) {
  switch (rule) {
    case AmplifyingRule::momentum:
      return momentum_amplifier(settings);
    case AmplifyingRule::adaptive:
      return adaptive_amplifier(settings);
    case AmplifyingRule::adam:
      return adam_amplifier(adam_rule(settings, true));
    case AmplifyingRule::adam_uncorrected:
      break;
  }
  return adam_amplifier(adam_rule(settings, false));
}

double second_step_correction(const optim::Settings& settings_of_adam) {
  const optim::Adam rule = adam_rule(settings_of_adam, true);
  return std::sqrt(1 - rule.beta2 * rule.beta2) / (1 - rule.beta1 * rule.beta1);
}

}  // namespace ravine::lab
