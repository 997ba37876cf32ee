#pragma once

#include <iosfwd>
#include <optional>
#include <string_view>
#include <vector>

#include "ravine/optim/field.hpp"
#include "ravine/optim/spec.hpp"

namespace ravine::optim {

/// What a schedule sets at one time.
struct Rates {
  double lr = 0;
  std::optional<double> momentum = {};  ///< where the schedule moves it (one_cycle)
};

/// A learning rate as a function of time: one schedule, or several one after another, each of which
/// counts its time from its own start. A value: `parse_schedule("warmup:500+cosine")` is
/// `Schedule{Warmup{.steps = 500}, Cosine{}}`; those types are in schedules.hpp.
///
/// Time is in whatever unit its user counts, in steps or in epochs, and so are all lengths.
class Schedule {
 public:
  /// The base rate throughout.
  Schedule();
  /// Throws InputError for a setting out of its range, and for a part before the last that has no
  /// length.
  template <HasFields... Parts>
  requires(sizeof...(Parts) > 0) Schedule(const Parts&... parts)
      : Schedule(std::vector<Spec>{{std::string(Parts::about.name), settings_of(parts)}...}) {}
  /// Throws UnknownName for a schedule or a setting that does not exist, and InputError as above.
  explicit Schedule(const std::vector<Spec>& parts);

  Schedule(const Schedule&);
  Schedule(Schedule&&) noexcept;
  Schedule& operator=(const Schedule&);
  Schedule& operator=(Schedule&&) noexcept;
  ~Schedule();

  /// Tells how long the run is: a last part without a length lasts until its end. To be called
  /// before `at` where there is such a part. A run may end before the schedule does.
  void start(double length);

  /// The rates at time t, 0 for the first step or epoch, from the rate that the parameters would
  /// have without a schedule. Throws StateError when `start` was needed and not called.
  Rates at(double t, double base_lr) const;
  /// Whether `at` ever gives a momentum.
  bool moves_momentum() const;

  /// Whether `observe` changes anything.
  bool observes_loss() const;
  /// Takes the validation loss after an epoch that ended at time t. Only plateau listens, while it
  /// is its turn.
  void observe(double t, double validation_loss);
  /// What observed losses left behind, by name; empty for a schedule that depends on time alone.
  Settings state() const;
  /// Continues from a state that was saved. Throws InputError where it is not one of this schedule;
  /// nothing is changed then.
  void restore(const Settings& saved);

  /// The spec that reads back as this schedule, with the settings that are not the defaults.
  friend std::ostream& operator<<(std::ostream& out, const Schedule& schedule);

 private:
  /// With a schedule in it of any type, which this header leaves out: it would double the time that
  /// a program takes to compile.
  struct Part;

  const Part& part_at(double t) const;

  std::vector<Part> parts_;
  bool needs_start_ = false;
};

/// Reads specs joined by '+', as in `warmup:500+cosine:min_lr=1e-5`; a value without a name is that
/// of the schedule's first setting. A '+' before a digit belongs to a number, as in 1e+5. Throws
/// UnknownName for a schedule or a setting that does not exist, and InputError.
Schedule parse_schedule(std::string_view text);

}  // namespace ravine::optim
