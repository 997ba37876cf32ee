#pragma once

#include <memory>
#include <string_view>
#include <utility>

#include "ravine/optim/rule_optimizer.hpp"

namespace ravine::optim {

/// An optimizer by its rule's name: `make("adam", model.parameters(), {{"lr", 1e-2}})`. Throws
/// UnknownName for a name nobody knows, InputError for a value out of its range.
template <class T>
std::unique_ptr<Optimizer<T>> make(std::string_view name, Parameters<T> parameters,
                                   const Settings& settings = {});

/// An optimizer by its rule: `make(Adam{.lr = 1e-2}, model.parameters())`. Throws InputError for a
/// value out of its range.
template <ElementwiseRule Rule, class T>
std::unique_ptr<Optimizer<T>> make(const Rule& rule, Parameters<T> parameters) {
  return std::make_unique<RuleOptimizer<Rule, T>>(rule, std::move(parameters));
}

}  // namespace ravine::optim
