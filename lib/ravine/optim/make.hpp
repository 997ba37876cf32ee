#pragma once

#include <memory>
#include <string_view>

#include "ravine/optim/layerwise_optimizer.hpp"
#include "ravine/optim/rule_optimizer.hpp"

namespace ravine::optim {

/// An optimizer by its rule's name, with settings or with those of a spec:
/// `make("adam", model.parameters(), {{"lr", 1e-2}})`, `make("adam:lr=1e-2", model.parameters())`,
/// `make("adam", model.parameters(), {}, {{"*.bias", {{"weight_decay", 0}}}})`. Throws UnknownName
/// for a name nobody knows, InputError for a value out of its range or a group without parameters.
template <class T>
std::unique_ptr<Optimizer<T>> make(std::string_view spec, const Parameters<T>& parameters,
                                   const Settings& settings = {}, const Groups& groups = {});

/// A rule that treats neither each element nor each tensor alone makes its optimizer itself, so
/// that this one's type is needed in one file only.
template <class Rule, class T>
concept MakesOptimizer = requires(const Rule rule, const Parameters<T> parameters,
                                  const Groups groups) {
  rule.optimizer(parameters, groups);
};

/// An optimizer by its rule: `make(Adam{.lr = 1e-2}, model.parameters())`. Throws InputError for a
/// value out of its range or a group without parameters.
template <UpdateRule Rule, class T>
std::unique_ptr<Optimizer<T>> make(const Rule& rule, const Parameters<T>& parameters,
                                   const Groups& groups = {}) {
  if constexpr (MakesOptimizer<Rule, T>)
    return rule.optimizer(parameters, groups);
  else if constexpr (LayerwiseRule<Rule>)
    return std::make_unique<LayerwiseOptimizer<Rule, T>>(rule, parameters, groups);
  else
    return std::make_unique<RuleOptimizer<Rule, T>>(rule, parameters, groups);
}

}  // namespace ravine::optim
