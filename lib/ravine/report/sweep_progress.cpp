#include "ravine/report/sweep_progress.hpp"

#include <algorithm>

#include "ravine/report/bar.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

/// Runs that are over, and the parts of those under way.
double runs_done(const compare::SweepState& state) {
  auto done = static_cast<double>(state.done);
  for (const compare::Running& run : state.running)
    done += static_cast<double>(run.epoch) / static_cast<double>(run.epochs);
  return done;
}

/// The first line, its bar as long as the terminal has room for.
std::string overview(const compare::SweepState& state, const SweepContext& context) {
  const std::string label = text(state.done, "/", state.expected, " runs");
  const auto left = seconds_left(state, context);
  const std::string rest = left ? clock_time(*left) + " left" : "";
  constexpr std::size_t widest = 40;
  constexpr std::size_t gaps = 5;  // two before and after the bar, and the last column
  const std::size_t taken = label.size() + rest.size() + gaps;
  if (taken >= context.columns) return (label + "  " + rest).substr(0, context.columns - 1);
  const std::size_t columns = std::min(widest, context.columns - taken);
  const double share =
      runs_done(state) / static_cast<double>(std::max<std::size_t>(state.expected, 1));
  return label + "  " + bar(share, columns, context.colour) + "  " + rest;
}

std::string line_of(const compare::Running& run, const SweepContext& context) {
  const std::string point = joined(run.key.point, ",");
  const std::string line = text(
      "  ", context.data[run.entry.problem], "  ", context.contenders[run.entry.contender],
      point.empty() ? "" : " " + point, "  ", run.fresh ? text("seed ", run.key.seed) : "trial",
      "  epoch ", run.epoch, "/", run.epochs);
  return line.substr(0, context.columns - 1);
}

}  // namespace

std::optional<double> seconds_left(const compare::SweepState& state, const SweepContext& context) {
  const double done = runs_done(state);
  const double made = done - static_cast<double>(context.done_before);
  if (made <= 0) return {};
  const double left = std::max(static_cast<double>(state.expected) - done, 0.0);
  return context.seconds / made * left;
}

std::vector<std::string> sweep_lines(const compare::SweepState& state,
                                     const SweepContext& context) {
  std::vector<std::string> lines{overview(state, context)};
  for (const compare::Running& run : state.running) lines.push_back(line_of(run, context));
  return lines;
}

}  // namespace ravine::report
