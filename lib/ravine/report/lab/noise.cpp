#include "ravine/report/lab/noise.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "ravine/optim/common_fields.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/lab/noise_figures.hpp"
#include "ravine/report/lab/settings_words.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::MonteCarlo;
using lab::Noise;

std::string finite_text(double number, int digits = 4) {
  return std::isfinite(number) ? significant(number, digits) : "not finite";
}

/// A dozen steps, closer together at the start.
std::vector<std::size_t> table_steps(std::size_t last) {
  std::vector<std::size_t> steps{0};
  for (const double share : {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0}) {
    const auto step = static_cast<std::size_t>(std::llround(share * static_cast<double>(last)));
    if (step > steps.back()) steps.push_back(step);
  }
  return steps;
}

Table error_table(const Noise& result) {
  Table table{.columns = {{"step", Align::right},
                          {"from the start", Align::right},
                          {"from the noise", Align::right},
                          {"expected", Align::right},
                          {"mean of runs", Align::right},
                          {"standard error", Align::right}},
              .rows = {}};
  for (const std::size_t k : table_steps(result.options.steps))
    table.rows.push_back({std::to_string(k), finite_text(result.deterministic[k]),
                          finite_text(result.stochastic[k]), finite_text(result.expected[k]),
                          finite_text(result.monte_carlo.mean[k]),
                          finite_text(result.monte_carlo.standard_error[k], 2)});
  return table;
}

/// The first step at which the noise has the larger part; none where it never has.
std::optional<std::size_t> step_of_noise(const Noise& result) {
  for (std::size_t k = 0; k < result.expected.size(); ++k)
    if (result.stochastic[k] > result.deterministic[k]) return k;
  return std::nullopt;
}

std::string floor_sentence(const Noise& result) {
  std::string sentence = text("With ", words_of(result.settings), " the slowest component ",
                              result.is_stable ? "shrinks" : "does not shrink", ": its rate is ",
                              factor_text(result.rate), ".");
  if (result.options.sigma == 0) return sentence + '\n';
  if (result.settings.lr == 0) return sentence + " Nothing moves, by noise or otherwise.\n";
  if (!result.is_stable) return sentence + " There is no noise floor.\n";
  sentence += text(" The noise keeps the error at a floor of ", finite_text(result.noise_floor));
  if (result.deterministic[0] == 0) return sentence + "; all of the error is of the noise.\n";
  if (const auto step = step_of_noise(result))
    return sentence + text("; from step ", grouped(*step), " on it has the larger part.\n");
  return sentence + "; within these steps the start has the larger part.\n";
}

std::string check_sentence(const Noise& result) {
  const auto& runs = result.monte_carlo.agreement;
  if (result.options.sigma == 0) return "There is no noise to measure: all runs are the same.\n";
  if (result.settings.lr == 0) return "There is nothing to compare: all runs are the same.\n";
  if (runs.steps_compared == 0)
    return "Nothing can be compared: at no step do the runs differ by more than rounding, in "
           "numbers that are finite.\n";
  const std::size_t steps = result.options.steps;
  return text("Over ",
              runs.steps_compared == steps
                  ? "all steps"
                  : text("the ", grouped(runs.steps_compared), " steps of ", grouped(steps),
                         " that can be compared"),
              " the mean of ", grouped(result.monte_carlo.runs), " runs is ",
              fixed(runs.overall_deviation, 2),
              " standard errors off the expectation. It is within three at ",
              grouped(runs.steps_within_three), " of ", counted(runs.steps_compared, "step"),
              ", and furthest off at step ", grouped(runs.largest_deviation_step), ", by ",
              fixed(runs.largest_deviation, 2), ".\n");
}

std::string json_document(const Noise& result) {
  const MonteCarlo& runs = result.monte_carlo;
  return document(Json{{"command", "lab noise"},
                       {"version", version},
                       {"eigenvalues", result.options.curvatures},
                       {"sigma", result.options.sigma},
                       {std::string(optim::lr_name), result.settings.lr},
                       {std::string(optim::momentum_name), result.settings.momentum},
                       {"rate", result.rate},
                       {"stable", result.is_stable},
                       {"noise_floor", result.noise_floor},
                       {"deterministic", result.deterministic},
                       {"stochastic", result.stochastic},
                       {"expected", result.expected},
                       {"monte_carlo",
                        {{"mean", runs.mean},
                         {"standard_error", runs.standard_error},
                         {"runs", runs.runs},
                         {"seed", result.options.seed},
                         {"overall_deviation", runs.agreement.overall_deviation},
                         {"largest_deviation", runs.agreement.largest_deviation},
                         {"largest_deviation_step", runs.agreement.largest_deviation_step},
                         {"steps_compared", runs.agreement.steps_compared},
                         {"steps_within_three", runs.agreement.steps_within_three}}}});
}

Table csv_table(const Noise& result) {
  Table csv{
      .columns =
          {{"step"}, {"deterministic"}, {"stochastic"}, {"expected"}, {"mean"}, {"standard_error"}},
      .rows = {}};
  for (std::size_t k = 0; k < result.expected.size(); ++k)
    csv.rows.push_back({std::to_string(k), exact(result.deterministic[k]),
                        exact(result.stochastic[k]), exact(result.expected[k]),
                        exact(result.monte_carlo.mean[k]),
                        exact(result.monte_carlo.standard_error[k])});
  return csv;
}

}  // namespace

Exhibit noise_exhibit(const Noise& result) {
  return {
      .title = "Momentum with noisy gradients",
      .findings = floor_sentence(result) + check_sentence(result),
      .tables = {{text("Error with noise of standard deviation ", significant(result.options.sigma),
                       " in each gradient, ", grouped(result.monte_carlo.runs), " runs"),
                  error_table(result)}},
      .json = json_document(result),
      .csv = csv_table(result),
      .figures = noise_figures(result)};
}

}  // namespace ravine::report
