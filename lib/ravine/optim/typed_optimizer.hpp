#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "ravine/optim/field.hpp"
#include "ravine/optim/optimizer.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

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
    return settings_of(rule(group));
  }
  Value get(std::string_view name, std::size_t group = 0) const override {
    return field<Rule>(name).of(rule(group));
  }
  using Optimizer<T>::set;
  void set(std::string_view name, const Value& value, std::size_t group) override {
    check_group(group);
    const Rule before = rules_[group];
    set_field(rules_[group], name, value);
    keep_slots_of(group);
    if (this->steps() == 0) start_slots_anew(group, before);
  }

  void restore(const State<T>& saved) override {
    // An array may be there because a hyper-parameter was set when the state was saved.
    if constexpr (slot_count<Rule> != 0)
      for (std::size_t slot = 0; slot < slot_count<Rule>; ++slot)
        if (!this->keeps_slot(slot) &&
            std::ranges::find(saved.arrays, Rule::slots[slot].name, &StateEntry<T>::slot) !=
                saved.arrays.end())
          this->keep_slot(slot, Rule::slots[slot].name);
    Optimizer<T>::restore(saved);
  }

 protected:
  const Rule& rule(std::size_t group) const {
    check_group(group);
    return rules_[group];
  }

 private:
  void advance(Step step) override {
    if constexpr (HasRunning<Rule>)
      for (Rule& rule : rules_) rule.advance(step);
  }
  std::vector<Settings> running() const override {
    std::vector<Settings> running(rules_.size());
    if constexpr (HasRunning<Rule>)
      for (std::size_t group = 0; group < rules_.size(); ++group)
        running[group] = values_of(rules_[group], Rule::running);
    return running;
  }
  void set_running(const std::vector<Settings>& running) override {
    if constexpr (HasRunning<Rule>) {
      std::vector<Rule> rules = rules_;
      for (std::size_t group = 0; group < rules.size(); ++group)
        rules[group] = with_values(rules[group], Rule::running, running[group]);
      rules_ = std::move(rules);
    }
  }

  void check_group(std::size_t group) const {
    if (group >= rules_.size())
      throw InputError(
          text(Rule::about.name, ": there is no group ", group, ", there are ", rules_.size()));
  }

  /// Those that the group's rule needs now and has not had.
  void keep_slots_of(std::size_t group) {
    if constexpr (slot_count<Rule> != 0)
      for (std::size_t slot = 0; slot < slot_count<Rule>; ++slot) {
        if (this->keeps_slot(slot) || !Rule::slots[slot].kept(rules_[group])) continue;
        this->keep_slot(slot, Rule::slots[slot].name);
        for (std::size_t g = 0; g < rules_.size(); ++g) start_slot(slot, g);
      }
  }

  /// Those that start at a value which was another one before.
  void start_slots_anew(std::size_t group, const Rule& before) {
    if constexpr (slot_count<Rule> != 0)
      for (std::size_t slot = 0; slot < slot_count<Rule>; ++slot)
        if (const auto start = Rule::slots[slot].start;
            start != nullptr && this->keeps_slot(slot) && before.*start != rules_[group].*start)
          start_slot(slot, group);
  }

  /// Fills one that does not start at 0.
  void start_slot(std::size_t slot, std::size_t group) {
    if constexpr (slot_count<Rule> != 0)
      if (const auto start = Rule::slots[slot].start; start != nullptr)
        for (Tensor<T>& array : this->slot_arrays(slot, group))
          array.fill(static_cast<T>(rules_[group].*start));
  }

  std::vector<Rule> rules_;  // by group
};

}  // namespace ravine::optim
