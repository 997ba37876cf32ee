#pragma once

#include <utility>
#include <vector>

#include "ravine/optim/field.hpp"
#include "ravine/optim/optimizer.hpp"

namespace ravine::optim {

/// What depends on a rule's type and not on how it updates: its hyper-parameters, running numbers
/// and slots, by group.
template <UpdateRule Rule, class T>
class TypedOptimizer : public Optimizer<T> {
 public:
  /// Throws UnknownName or InputError for hyper-parameters that are not allowed; see Optimizer.
  TypedOptimizer(const Rule& rule, const Parameters<T>& parameters, const Groups& groups = {})
      : Optimizer<T>(Rule::about, parameters, groups) {
    for (const Settings& settings : this->group_settings())
      rules_.push_back(configured(settings, checked(rule)));
    for (std::size_t group = 0; group < rules_.size(); ++group) keep_slots_of(group);
  }

  Settings hyperparameters(std::size_t group = 0) const override {
    return settings_of(rules_[group]);
  }
  Value get(std::string_view name, std::size_t group = 0) const override {
    return field<Rule>(name).of(rules_[group]);
  }
  using Optimizer<T>::set;
  void set(std::string_view name, const Value& value, std::size_t group) override {
    set_field(rules_[group], name, value);
    keep_slots_of(group);
  }

 protected:
  const Rule& rule(std::size_t group) const { return rules_[group]; }

 private:
  void advance(Step step) override {
    if constexpr (HasRunning<Rule>) {
      // A step that throws for a gradient's shape must not have moved them.
      for (std::size_t group = 0; group < rules_.size(); ++group) this->each_parameter(group);
      for (Rule& rule : rules_) rule.advance(step);
    }
  }
  std::vector<Settings> running() const override {
    std::vector<Settings> running(rules_.size());
    if constexpr (HasRunning<Rule>)
      for (std::size_t group = 0; group < rules_.size(); ++group)
        for (const Field<Rule>& row : Rule::running)
          running[group].push_back({std::string(row.name), row.of(rules_[group])});
    return running;
  }
  void set_running(const std::vector<Settings>& running) override {
    if constexpr (HasRunning<Rule>)
      for (std::size_t group = 0; group < rules_.size(); ++group)
        for (std::size_t i = 0; i < std::size(Rule::running); ++i)
          Rule::running[i].assign(rules_[group], running.at(group).at(i).value);
  }

  /// Those that the group's rule needs now and has not had.
  void keep_slots_of(std::size_t group) {
    if constexpr (slot_count<Rule> != 0) {
      for (std::size_t slot = 0; slot < slot_count<Rule>; ++slot) {
        const Slot<Rule>& row = Rule::slots[slot];
        if (this->keeps_slot(slot) || !row.kept(rules_[group])) continue;
        this->keep_slot(slot, row.name);
        if (row.start != nullptr)
          for (std::size_t g = 0; g < rules_.size(); ++g)
            for (Tensor<T>& array : this->slot_arrays(slot, g))
              array.fill(static_cast<T>(rules_[g].*row.start));
      }
    }
  }

  std::vector<Rule> rules_;  // by group
};

}  // namespace ravine::optim
