#include "ravine/optim/scheduler.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/optim/common_fields.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

constexpr std::string_view momentum_names[] = {momentum_name, beta1_name};

/// The first name by which the optimizer has a momentum; empty where it has none.
template <class T>
std::string_view momentum_name_of(const Optimizer<T>& optimizer) {
  const Settings settings = optimizer.hyperparameters();
  for (const std::string_view name : momentum_names)
    if (std::ranges::find(settings, name, &Setting::name) != settings.end()) return name;
  return {};
}

/// The settings of a schedule's state under the name of what it schedules.
void append(Settings& state, std::string_view prefix, const Settings& of_schedule) {
  for (const Setting& setting : of_schedule)
    state.push_back({text(prefix, '.', setting.name), setting.value});
}

/// What `append` put under that name.
Settings under(std::string_view prefix, const Settings& state) {
  Settings settings;
  for (const Setting& setting : state)
    if (setting.name.starts_with(text(prefix, '.')))
      settings.push_back({setting.name.substr(prefix.size() + 1), setting.value});
  return settings;
}

}  // namespace

template <class T>
Scheduler<T>::Scheduler(Optimizer<T>& optimizer, const Schedule& lr, double length,
                        const std::optional<Schedule>& momentum)
    : optimizer_(optimizer), lr_(lr), momentum_(momentum) {
  lr_.start(length);
  if (momentum_) momentum_->start(length);
  if (momentum_ || lr_.moves_momentum()) momentum_name_ = momentum_name_of(optimizer_);
  if (momentum_ && momentum_name_.empty())
    throw InputError(text(optimizer_.name(), ": there is no ", joined(momentum_names, " or "),
                          " to schedule; leave the momentum's schedule out"));
  for (std::size_t group = 0; group < optimizer_.groups(); ++group) {
    Base base{.lr = optimizer_.get(lr_name, group).number()};
    if (!momentum_name_.empty()) base.momentum = optimizer_.get(momentum_name_, group).number();
    bases_.push_back(base);
  }

  try_rates(length);
}

template <class T>
void Scheduler<T>::try_rates(double length) {
  constexpr double samples = 1000;
  const double stride = std::max(1.0, std::floor(length / samples));
  try {
    for (double t = 0; t < length; t += stride) before_step(t);
  } catch (...) {
    put_back();
    throw;
  }
  put_back();
  t_ = 0;
}

template <class T>
void Scheduler<T>::before_step(double t) {
  t_ = t;
  for (std::size_t group = 0; group < bases_.size(); ++group) {
    const auto [base_lr, base_momentum] = bases_[group];
    const Rates rates = lr_.at(t, base_lr);
    optimizer_.set(lr_name, rates.lr, group);
    if (base_momentum == 0) continue;
    // Where the schedule's present part does not move it, it is what it would be without.
    const double momentum =
        momentum_ ? momentum_->at(t, base_momentum).lr : rates.momentum.value_or(base_momentum);
    optimizer_.set(momentum_name_, momentum, group);
  }
}

template <class T>
void Scheduler<T>::put_back() {
  for (std::size_t group = 0; group < bases_.size(); ++group) {
    optimizer_.set(lr_name, bases_[group].lr, group);
    if (bases_[group].momentum != 0) optimizer_.set(momentum_name_, bases_[group].momentum, group);
  }
}

template <class T>
void Scheduler<T>::after_epoch(double validation_loss) {
  lr_.observe(t_, validation_loss);
  if (momentum_) momentum_->observe(t_, validation_loss);
}

template <class T>
Settings Scheduler<T>::state() const {
  Settings state;
  for (std::size_t group = 0; group < bases_.size(); ++group) {
    state.push_back({text("base.", group, ".lr"), bases_[group].lr});
    state.push_back({text("base.", group, ".momentum"), bases_[group].momentum});
  }
  append(state, lr_name, lr_.state());
  if (momentum_) append(state, momentum_name_, momentum_->state());
  return state;
}

template <class T>
void Scheduler<T>::restore(const Settings& saved) {
  const Settings own = state();
  if (!same_names(own, saved))
    throw InputError(
        text("schedule: the state has '", joined(saved), "' where '", joined(own), "' is needed"));
  Schedule lr = lr_;
  lr.restore(under(lr_name, saved));
  if (momentum_) momentum_->restore(under(momentum_name_, saved));
  lr_ = lr;
  for (std::size_t group = 0; group < bases_.size(); ++group)
    bases_[group] = {.lr = saved[2 * group].value.number(),
                     .momentum = saved[2 * group + 1].value.number()};
}

template class Scheduler<float>;
template class Scheduler<double>;

}  // namespace ravine::optim
