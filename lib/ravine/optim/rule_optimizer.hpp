#pragma once

#include <utility>

#include "ravine/optim/field.hpp"
#include "ravine/optim/fused_update.hpp"
#include "ravine/optim/optimizer.hpp"

namespace ravine::optim {

/// The optimizer that a rule makes: all of it that depends on the rule's type.
template <ElementwiseRule Rule, class T>
class RuleOptimizer final : public Optimizer<T> {
 public:
  /// Throws InputError for a hyper-parameter out of its range.
  RuleOptimizer(const Rule& rule, Parameters<T> parameters)
      : Optimizer<T>(Rule::about, Rule::slots, std::move(parameters)), rule_(checked(rule)) {}

  Settings hyperparameters() const override { return settings_of(rule_); }
  Value get(std::string_view name) const override { return field<Rule>(name).of(rule_); }
  void set(std::string_view name, Value value) override { set_field(rule_, name, value); }

 private:
  void update(Step step, std::span<const Arrays<T>> arrays) const override {
    if constexpr (BuiltinRule<Rule>)
      std::get<FusedUpdate<Rule, T>>(fused_updates())(rule_, step, arrays);
    else
      update_each<T>(rule_, step, arrays);
  }

  Rule rule_;
};

}  // namespace ravine::optim
