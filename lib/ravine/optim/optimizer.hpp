#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/group.hpp"
#include "ravine/optim/neighbours.hpp"
#include "ravine/optim/setting.hpp"
#include "ravine/optim/state.hpp"
#include "ravine/optim/work_list.hpp"
#include "ravine/tensor/parameter.hpp"

namespace ravine::optim {

/// Computes the loss and leaves its gradient in the parameters.
using Closure = std::function<double()>;

/// Moves parameters against their gradients by some rule. This base owns what is the same for
/// every rule: the parameters in their groups, the count of steps and the state.
///
/// Small parameters are laid side by side when an optimizer is made: their values move to other
/// memory then, unless another tensor shares them.
template <class T>
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// The rule's name in the registry.
  std::string_view name() const { return about_.name; }
  /// By group, in each as they were given.
  const Parameters<T>& parameters() const { return parameters_; }

  /// Forgets all gradients: the next backward pass starts new ones.
  void zero_grad();
  /// The Euclidean norm of all gradients together; not finite where one of them is not. Throws
  /// ShapeError as `step` does.
  double gradient_norm();
  /// Updates every parameter that has a gradient and leaves the others alone. Allocates nothing.
  /// Throws ShapeError when a value or gradient is no longer of the size it had, StateError for a
  /// rule that needs a closure.
  virtual void step();
  /// Calls the closure, as often as the rule needs it, and updates the parameters. Returns the loss
  /// before the update.
  virtual double step(const Closure& closure);
  /// Whether the rule evaluates the loss itself, as line searches do.
  virtual bool needs_closure() const { return false; }

  /// Hyper-parameters are by group. The first is of the parameters that match no pattern, if there
  /// are any; without a group named, it is the one that is read, and all are set.
  std::size_t groups() const { return ends_.size(); }
  /// Every hyper-parameter with its value, in the order of the rule's table.
  virtual Settings hyperparameters(std::size_t group = 0) const = 0;
  /// A hyper-parameter by name. Throws UnknownName.
  virtual Value get(std::string_view name, std::size_t group = 0) const = 0;
  /// Changes a hyper-parameter from the next step on. Throws UnknownName, or InputError for a
  /// value that the rule does not allow.
  void set(std::string_view name, const Value& value);
  virtual void set(std::string_view name, const Value& value, std::size_t group) = 0;

  Step steps() const { return steps_; }
  /// All there is to save, as it is now.
  State<T> state() const { return copy(live_state()); }
  /// Continues from a state that was saved. Throws InputError where it is not one of this rule with
  /// these parameters; the optimizer goes on as before then.
  virtual void restore(const State<T>& saved);
  /// One array of state itself, by name. Throws UnknownName.
  Tensor<T> state(std::string_view slot, std::string_view parameter) const;
  /// Bytes of state kept for each element of a parameter.
  virtual std::size_t state_bytes_per_parameter() const;

 protected:
  /// Throws InputError when there are no parameters, or one is null or given twice, or a group has
  /// none.
  Optimizer(const About& about, const Parameters<T>& parameters, const Groups& groups);

  /// What is set for a group besides what is set for all.
  const std::vector<Settings>& group_settings() const { return group_settings_; }
  /// Keeps a slot from now on: arrays of 0 for all parameters.
  void keep_slot(std::size_t slot, std::string_view name);
  bool keeps_slot(std::size_t slot) const { return !slots_[slot].arrays.empty(); }
  /// A slot's arrays for a group's parameters.
  std::span<Tensor<T>> slot_arrays(std::size_t slot, std::size_t group);

  /// Lists what has a gradient, by group: each parameter by itself, or parameters that are
  /// neighbours in memory as one piece. Throws ShapeError; see `step`.
  void collect(bool neighbours_joined);
  WorkList<T>& collected(std::size_t group) { return work_[group]; }

  /// Whether the rule does not care where a parameter ends.
  virtual bool joins_neighbours() const { return true; }
  /// Updates what was collected of a group; `step` is 1 for the first.
  virtual void update(std::size_t group, Step step) = 0;
  /// Called once before the updates of a step.
  virtual void advance(Step) {}
  /// The numbers that change with each step, by group.
  virtual std::vector<Settings> running() const { return std::vector<Settings>(groups()); }
  /// Throws InputError for a value that cannot be; nothing is changed then.
  virtual void set_running(const std::vector<Settings>& running);
  /// The state with the arrays themselves, not copies.
  virtual State<T> live_state() const;
  void set_steps(Step steps) { steps_ = steps; }

 private:
  struct Slot {
    std::string_view name;
    std::vector<Tensor<T>> arrays;  // by parameter; none while the slot is not kept
  };

  Optimizer(const About& about, Grouped<T> grouped);
  std::size_t begin_of(std::size_t group) const { return group == 0 ? 0 : ends_[group - 1]; }
  /// Throws ShapeError where its gradient or state is not of its size.
  Arrays<T> arrays_of(std::size_t parameter);

  About about_;
  Parameters<T> parameters_;
  std::vector<std::size_t> ends_;  // of the groups' parameters
  std::vector<Settings> group_settings_;
  std::vector<Home<T>> homes_;  // of the parameters
  std::array<Slot, max_slots> slots_;
  std::size_t slots_end_ = 0;      // behind the last one kept
  std::vector<WorkList<T>> work_;  // of the step under way, by group
  Step steps_ = 0;
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace ravine::optim
