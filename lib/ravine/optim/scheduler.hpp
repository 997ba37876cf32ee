#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ravine/optim/optimizer.hpp"
#include "ravine/optim/schedule.hpp"

namespace ravine::optim {

/// Sets an optimizer's rates by a schedule, each group's from the rate that the group had when the
/// scheduler was made. A momentum of 0 stays 0: sgd does not become another method.
///
/// Per step: `length` is the run's number of steps, and before step number i, counted from 0,
/// `before_step(i)` is called. Per epoch: `length` is the number of epochs, and `before_step(e)` is
/// called before each step of epoch e, or before its first step alone. Either way
/// `after_epoch(loss)` follows each epoch.
template <class T>
class Scheduler {
 public:
  /// The optimizer must outlive the scheduler. `momentum` is a schedule for the rule's momentum,
  /// beta1 where it has none, and overrides what `lr` makes of that. Throws InputError when
  /// `momentum` is given and the rule has neither, and where a rate in the run's course is one that
  /// the rule does not allow.
  Scheduler(Optimizer<T>& optimizer, const Schedule& lr, double length,
            const std::optional<Schedule>& momentum = {});

  /// Sets the rates of time t in every group. Allocates nothing. Throws InputError for a rate that
  /// the rule does not allow.
  void before_step(double t);
  /// Takes the validation loss of the epoch that the latest `before_step` belonged to.
  void after_epoch(double validation_loss);

  /// Sets the rates that the groups had when the scheduler was made.
  void put_back();

  /// What there is to save, by name: the base rates of each group, and what the schedules have
  /// seen, such as `lr.best`.
  Settings state() const;
  /// Continues from a state that was saved. Throws InputError where it is not one of these
  /// schedules; nothing is changed then.
  void restore(const Settings& saved);

 private:
  struct Base {
    double lr = 0, momentum = 0;  // the latter 0 where it is left alone
  };

  /// A rate that the rule does not allow had better be found before the run.
  void try_rates(double length);

  Optimizer<T>& optimizer_;
  Schedule lr_;
  std::optional<Schedule> momentum_;
  std::string_view momentum_name_;  // empty where the momentum is left alone
  std::vector<Base> bases_;         // by group
  double t_ = 0;
};

extern template class Scheduler<float>;
extern template class Scheduler<double>;

}  // namespace ravine::optim
