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

/// A rule that treats neither each element nor each tensor alone names its optimizer itself, as a
/// template on the scalar, to be made as RuleOptimizer is.
template <class Rule, class T>
struct OptimizerOf {
  using type = RuleOptimizer<Rule, T>;
};
template <LayerwiseRule Rule, class T>
struct OptimizerOf<Rule, T> {
  using type = LayerwiseOptimizer<Rule, T>;
};
template <class Rule, class T>
requires requires { typename Rule::template Optimizer<T>; }
struct OptimizerOf<Rule, T> {
  using type = typename Rule::template Optimizer<T>;
};

/// An optimizer by its rule: `make(Adam{.lr = 1e-2}, model.parameters())`. Throws InputError for a
/// value out of its range or a group without parameters.
template <UpdateRule Rule, class T>
std::unique_ptr<Optimizer<T>> make(const Rule& rule, const Parameters<T>& parameters,
                                   const Groups& groups = {}) {
  return std::make_unique<typename OptimizerOf<Rule, T>::type>(rule, parameters, groups);
}

}  // namespace ravine::optim
