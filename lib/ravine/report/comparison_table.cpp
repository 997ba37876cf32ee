#include "ravine/report/comparison_table.hpp"

#include "ravine/compare/target.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;
using compare::Standing;

constexpr int digits = 3;

bool is_tuned(const compare::Options& options) { return options.tuning.trials > 1; }

std::string or_dash(const std::optional<double>& number) {
  return number ? short_text(*number) : "–";
}

std::string target_cell(const compare::TimeToTarget& epochs) {
  return text(or_dash(epochs.median), " (", epochs.reached, "/", epochs.of, ")");
}

std::string loss_cell(const std::optional<compare::Summary>& loss) {
  return loss ? significant(loss->mean, digits) : "–";
}

std::string diverged_cell(const Standing& standing, bool tuned) {
  const std::string runs =
      standing.tuned ? text(standing.tuned->diverged, "/", standing.tuned->runs.size()) : "–";
  return tuned ? text(runs, " (", standing.diverged_trials, "/", standing.trials.size(), ")")
               : runs;
}

std::vector<std::string> standing_row(const Comparison& comparison, std::size_t i, bool tuned) {
  const Standing& standing = comparison.standings[i];
  const int decimals = decimals_of(comparison);
  const auto& result = standing.tuned ? standing.tuned->test_metric : std::nullopt;
  std::vector<std::string> row{shown_names(comparison)[i], spread_text(result, decimals)};
  row.push_back(tuned ? spread_text(standing.defaults.test_metric, decimals)
                      : loss_cell(standing.tuned ? standing.tuned->train_loss : std::nullopt));
  row.push_back(target_cell(standing.epochs_to_target));
  row.push_back(standing.step_seconds ? short_text(1e6 * *standing.step_seconds) : "–");
  row.push_back(std::to_string(standing.state_bytes_per_parameter));
  if (tuned) row.push_back(or_dash(standing.lr_width_decades));
  row.push_back(diverged_cell(standing, tuned));
  row.push_back(standing.tuned ? joined(shown_settings(standing), " ") : "–");
  return row;
}

/// `0.00213`: an end of a range.
std::string end_text(double end) { return significant(end, digits + 1); }

std::string widened_cell(const Standing& standing, const std::string& field) {
  std::vector<std::string> strips;
  for (const compare::Widening& widening : standing.widenings)
    if (widening.field == field)
      strips.push_back(text(end_text(widening.low), " to ", end_text(widening.high), " by ",
                            counted(widening.trials, "trial")));
  return joined(strips, "; ");
}

}  // namespace

Table standings_table(const Comparison& comparison, const compare::Options& options) {
  const bool tuned = is_tuned(options);
  Table table{.columns = {{"optimizer"}, {text("test ", comparison.metric.name)}}, .rows = {}};
  table.columns.push_back({tuned ? "at defaults" : "train loss"});
  for (const char* title : {"to target", "µs/step", "state"})
    table.columns.push_back({title, Align::right});
  if (tuned) table.columns.push_back({"lr width", Align::right});
  table.columns.push_back({"diverged", Align::right});
  table.columns.push_back({tuned ? "tuned" : "hyper-parameters"});
  for (std::size_t i = 0; i < comparison.standings.size(); ++i)
    table.rows.push_back(standing_row(comparison, i, tuned));
  return table;
}

std::vector<std::string> standings_legend(const Comparison& comparison,
                                          const compare::Options& options) {
  const bool tuned = is_tuned(options);
  std::vector<std::string> legend;
  if (options.seeds > 1)
    legend.emplace_back(
        "±: standard deviation over the seeds, which vary the initial weights and the "
        "batches but not the split of the data.");
  if (tuned) legend.emplace_back("at defaults: the same of runs without tuning.");
  if (comparison.target)
    legend.push_back(text("to target: epochs until validation ", comparison.metric.name, " ",
                          significant(*comparison.target, digits + 1),
                          compare::asked_target(options, comparison.metric)
                              ? ""
                              : ", one percent off the best median of an optimizer",
                          ", the median over the runs (of how many runs got there)."));
  legend.emplace_back("µs/step: microseconds a step of training.");
  legend.emplace_back("state: bytes that the optimizer keeps for each parameter.");
  if (tuned)
    legend.emplace_back(
        "lr width: decades from the lowest to the highest learning rate among the trials within "
        "1 % of the best.");
  legend.emplace_back(tuned ? "diverged: of the fresh runs (of the trials)."
                            : "diverged: of the runs.");
  if (tuned) legend.emplace_back("tuned: the setting selected.");
  return legend;
}

Table pairs_table(const Comparison& comparison) {
  const std::vector<std::string> names = shown_names(comparison);
  const int decimals = decimals_of(comparison);
  Table table{.columns = {{"a"},
                          {"b"},
                          {text("test ", comparison.metric.name, ", a − b"), Align::right},
                          {"95 % interval"},
                          {"seeds", Align::right},
                          {"beyond noise"}},
              .rows = {}};
  for (const auto& [a, b, difference] : comparison.pairs)
    table.rows.push_back({names[a], names[b], signed_text(difference.mean, decimals),
                          difference.ci95 ? interval_text(*difference.ci95, decimals) : "–",
                          std::to_string(difference.n),
                          !difference.ci95            ? "too few seeds to tell"
                          : difference.beyond_noise() ? "yes"
                                                      : "no"});
  return table;
}

Table spaces_table(const Comparison& comparison, const compare::Options& options) {
  const std::vector<std::string> names = shown_names(comparison);
  Table table{.columns = {{"optimizer"},
                          {"hyper-parameter"},
                          {"from", Align::right},
                          {"to", Align::right},
                          {"scale"},
                          {"widened"}},
              .rows = {}};
  if (!is_tuned(options)) return table;
  for (std::size_t i = 0; i < names.size(); ++i)
    for (const compare::Dimension& dimension : comparison.standings[i].space)
      table.rows.push_back({names[i], dimension.field, end_text(dimension.low),
                            end_text(dimension.high), compare::name_of(dimension.scale),
                            widened_cell(comparison.standings[i], dimension.field)});
  return table;
}

}  // namespace ravine::report
