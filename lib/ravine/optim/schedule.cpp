#include "ravine/optim/schedule.hpp"

#include <algorithm>
#include <ostream>
#include <string>
#include <utility>

#include "ravine/optim/schedule_registry.hpp"
#include "ravine/optim/schedules.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

std::string_view name_of(const AnySchedule& schedule) {
  return std::visit([]<class S>(const S&) { return S::about.name; }, schedule);
}

/// The length that its settings give it; 0 where it goes on to the end of the run.
double own_length(const AnySchedule& schedule) {
  return std::visit(
      []<class S>(const S& s) -> double {
        if constexpr (HasLength<S>)
          return s.*S::length;
        else
          return 0;
      },
      schedule);
}

/// Throws InputError for a schedule that does not end and yet has another after it.
void check_that_it_ends(const AnySchedule& schedule, std::string_view next) {
  if (own_length(schedule) > 0) return;
  std::visit(
      [&]<class S>(const S&) {
        const std::string_view name = S::about.name;
        if constexpr (HasLength<S>)
          throw InputError(text(name, " needs a length where ", next, " follows; write it as ",
                                name, ":100+", next));
        else
          throw InputError(text(name, " has no end, so ", next, " cannot follow; put it last"));
      },
      schedule);
}

/// The spec of the settings that are not the defaults, the first without its name.
template <HasFields S>
Spec spec_of(const S& schedule) {
  static const S standard{};
  Spec spec{.name = std::string(S::about.name), .settings = {}};
  for (const Field<S>& row : S::fields) {
    if (row.of(schedule) == row.of(standard)) continue;
    const bool first = &row == std::begin(S::fields);
    spec.settings.push_back({first ? "" : std::string(row.name), row.of(schedule)});
  }
  return spec;
}

/// Where the next '+' stands that joins two specs; a digit after it makes it part of a number.
std::size_t find_joint(std::string_view text, std::size_t from) {
  constexpr std::string_view digits = "0123456789";
  std::size_t plus = text.find('+', from);
  while (plus != std::string_view::npos && plus + 1 < text.size() &&
         digits.find(text[plus + 1]) != std::string_view::npos)
    plus = text.find('+', plus + 1);
  return std::min(plus, text.size());
}

}  // namespace

struct Schedule::Part {
  AnySchedule schedule;
  double begin = 0;
  double length = 0;
};

Schedule::Schedule() : Schedule(Constant{}) {}
Schedule::Schedule(const Schedule&) = default;
Schedule::Schedule(Schedule&&) noexcept = default;
Schedule& Schedule::operator=(const Schedule&) = default;
Schedule& Schedule::operator=(Schedule&&) noexcept = default;
Schedule::~Schedule() = default;

Schedule::Schedule(const std::vector<Spec>& parts) {
  if (parts.empty()) throw InputError("schedule: there is no part; give at least one");
  std::vector<AnySchedule> schedules;
  schedules.reserve(parts.size());
  for (const Spec& part : parts) schedules.push_back(make_schedule(part));
  double begin = 0;
  for (std::size_t i = 0; i < schedules.size(); ++i) {
    if (i + 1 < schedules.size()) check_that_it_ends(schedules[i], name_of(schedules[i + 1]));
    const double length = own_length(schedules[i]);
    parts_.push_back({.schedule = std::move(schedules[i]), .begin = begin, .length = length});
    begin += length;
  }
  needs_start_ =
      std::visit([]<class S>(const S&) { return HasLength<S>; }, parts_.back().schedule) &&
      parts_.back().length == 0;
}

void Schedule::start(double length) {
  if (!non_negative.contains(length))
    throw InputError(text("schedule: the run's length must be in ", non_negative, ", ",
                          Value(length), " was given"));
  Part& last = parts_.back();
  if (own_length(last.schedule) == 0) last.length = std::max(length - last.begin, 0.0);
  needs_start_ = false;
}

const Schedule::Part& Schedule::part_at(double t) const {
  auto part = parts_.end() - 1;
  while (part != parts_.begin() && t < part->begin) --part;
  return *part;
}

Rates Schedule::at(double t, double base_lr) const {
  if (needs_start_)
    throw StateError(text("schedule: ", name_of(parts_.back().schedule),
                          " lasts until the end of the run; call start(length) before at"));
  const Part& part = part_at(t);
  const Moment now{.t = t - part.begin, .length = part.length};
  return std::visit(
      [&]<class S>(const S& schedule) {
        Rates rates{.lr = schedule.at(base_lr, now)};
        if constexpr (CyclesMomentum<S>)
          if (schedule.cycle_momentum) rates.momentum = schedule.momentum_at(now);
        return rates;
      },
      part.schedule);
}

bool Schedule::moves_momentum() const {
  return std::ranges::any_of(parts_, [](const Part& part) {
    return std::visit(
        []<class S>(const S& schedule) {
          if constexpr (CyclesMomentum<S>)
            return schedule.cycle_momentum;
          else
            return false;
        },
        part.schedule);
  });
}

bool Schedule::observes_loss() const {
  return std::visit([]<class S>(const S&) { return ObservesLoss<S>; }, parts_.back().schedule);
}

void Schedule::observe(double t, double validation_loss) {
  if (&part_at(t) != &parts_.back()) return;
  std::visit(
      [&]<class S>(S& schedule) {
        if constexpr (ObservesLoss<S>) schedule.observe(validation_loss);
      },
      parts_.back().schedule);
}

Settings Schedule::state() const {
  Settings state;
  std::visit(
      [&]<class S>(const S& schedule) {
        if constexpr (ObservesLoss<S>) state = values_of(schedule, S::running);
      },
      parts_.back().schedule);
  return state;
}

void Schedule::restore(const Settings& saved) {
  std::visit(
      [&]<class S>(S& schedule) {
        const Settings own = state();
        if (!same_names(own, saved))
          throw InputError(text("schedule: the state has '", joined(saved), "' where ",
                                S::about.name, " needs '", joined(own), "'"));
        if constexpr (ObservesLoss<S>) schedule = with_values(schedule, S::running, saved);
      },
      parts_.back().schedule);
}

std::ostream& operator<<(std::ostream& out, const Schedule& schedule) {
  std::vector<Spec> specs;
  for (const Schedule::Part& part : schedule.parts_)
    specs.push_back(std::visit([](const auto& s) { return spec_of(s); }, part.schedule));
  return out << joined(specs, "+");
}

Schedule parse_schedule(std::string_view text) {
  std::vector<Spec> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = find_joint(text, begin);
    const std::string_view part = trimmed(text.substr(begin, end - begin));
    if (part.empty())
      throw InputError(
          ravine::text("schedule '", text, "' lacks a name; write it as warmup:500+cosine"));
    parts.push_back(parse_spec(part));
    begin = end + 1;
  }
  return Schedule(parts);
}

}  // namespace ravine::optim
