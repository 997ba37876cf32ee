#include "ravine/report/lab/averaging.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "ravine/lab/larger.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/lab/spread.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;
using lab::Averaging;
using lab::BetaMemory;

std::string series_name(const BetaMemory& memory) { return "β " + exact(memory.beta); }

double sum_of(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

double largest_error(const Averaging& averaging) {
  double largest = 0;
  for (const BetaMemory& memory : averaging.memories)
    largest = lab::larger(largest, memory.max_closed_form_error);
  return largest;
}

// --- Words and tables

std::string memory_sentences(const BetaMemory& first) {
  if (first.beta == 0)
    return "With β = 0 nothing is remembered: sum and average are the gradient.\n";
  return text("With β = ", exact(first.beta),
              " a gradient counts β^age as it gets older; all together they count as ",
              significant(first.effective_number), " gradients, 1 / (1 − β). After ",
              counted(first.weights.sum.size(), "step"), " the run's weights sum to ",
              significant(sum_of(first.weights.sum)), ".\n",
              "Of a constant gradient of 1 the sum grows to ",
              significant(first.of_constant.sum.back()),
              ", so its learning rate must be smaller than that of an average. The average is ",
              significant(first.of_constant.average.front()),
              " after the first step, for it starts at 0; "
              "bias correction makes it ",
              significant(first.of_constant.corrected.front()), " from the first step on.\n");
}

std::string findings(const Averaging& averaging) {
  return text(memory_sentences(averaging.memories.front()),
              "The registered rules' weights and the closed forms differ by at most ",
              significant(largest_error(averaging), 2), ", relative to the weight.\n");
}

Table betas_table(const Averaging& averaging) {
  Table table{.columns = {{"β", Align::right},
                          {"effective number", Align::right},
                          {"sum of weights", Align::right},
                          {"noise left", Align::right},
                          {"first average", Align::right},
                          {"corrected", Align::right},
                          {"error", Align::right}},
              .rows = {}};
  for (const BetaMemory& memory : averaging.memories) {
    const std::vector<double>& weights = memory.weights.corrected;
    // Independent noise of deviation 1 comes out with that of the weighted sum.
    const double noise =
        std::sqrt(std::inner_product(weights.begin(), weights.end(), weights.begin(), 0.0));
    table.rows.push_back({exact(memory.beta), significant(memory.effective_number),
                          significant(sum_of(memory.weights.sum)), significant(noise),
                          significant(memory.of_constant.average.front()),
                          significant(memory.of_constant.corrected.front()),
                          significant(memory.max_closed_form_error, 2)});
  }
  return table;
}

Table weights_table(const Averaging& averaging) {
  Table table{.columns = {{"beta"},
                          {"age"},
                          {"weight"},
                          {"closed_form"},
                          {"average_weight"},
                          {"corrected_weight"}},
              .rows = {}};
  for (const BetaMemory& memory : averaging.memories)
    for (std::size_t age = 0; age < memory.weights.sum.size(); ++age)
      table.rows.push_back({exact(memory.beta), std::to_string(age), exact(memory.weights.sum[age]),
                            exact(memory.closed_form.sum[age]), exact(memory.weights.average[age]),
                            exact(memory.weights.corrected[age])});
  return table;
}

Json averages_json(const lab::Averages& averages) {
  return {{"sum", averages.sum}, {"average", averages.average}, {"corrected", averages.corrected}};
}

Json memory_json(const BetaMemory& memory) {
  return {{"beta", memory.beta},
          {"effective_number", memory.effective_number},
          {"weights", memory.weights.sum},
          {"average_weights", memory.weights.average},
          {"corrected_weights", memory.weights.corrected},
          {"max_closed_form_error", memory.max_closed_form_error},
          {"constant", averages_json(memory.of_constant)},
          {"noisy", averages_json(memory.of_noisy)}};
}

/// The first beta stands by itself, the others in a list.
std::string averaging_json(const Averaging& averaging) {
  Json json{{"command", "lab averaging"}, {"version", version}};
  json.update(memory_json(averaging.memories.front()));
  json["steps"] = averaging.options.steps;
  json["seed"] = averaging.options.seed;
  json["noisy_signal"] = averaging.noisy;
  json["others"] = Json::array();
  for (std::size_t i = 1; i < averaging.memories.size(); ++i)
    json["others"].push_back(memory_json(averaging.memories[i]));
  return document(json);
}

// --- Figures

/// Of one a step, from step 1 on.
Series from_step_one(const std::string& name, Mark mark, const std::vector<double>& values) {
  Series series = over_steps(name, mark, values);
  for (double& x : series.x) ++x;
  return series;
}

Curves weights(const Averaging& averaging) {
  Curves curves{.title = "What a gradient counts when it gets old",
                .caption = text("Its weight in the sum v = β v + g after ",
                                counted(averaging.options.steps, "step"),
                                ". Broad lines: unit impulses sent through the registered "
                                "rule. Dashed: β^age.",
                                stride_sentence(averaging.options.steps - 1)),
                .x = {.title = "age in steps"},
                .y = {.title = "weight in the sum"},
                .series = {}};
  for (const BetaMemory& memory : averaging.memories) {
    curves.series.push_back(over_steps(series_name(memory), Mark::line, memory.weights.sum));
    curves.series.push_back(over_steps(series_name(memory), Mark::dashed, memory.closed_form.sum));
  }
  return curves;
}

Curves constant(const Averaging& averaging) {
  const BetaMemory& memory = averaging.memories.front();
  return {.title = text("A constant gradient of 1, β ", exact(memory.beta)),
          .caption = text("One run each of the registered rules. ",
                          memory.beta == 0
                              ? "Nothing is remembered: all three are the gradient."
                              : "The sum grows to 1 / (1 − β) gradients, the average creeps up "
                                "from 0, and the corrected average is right from the first step "
                                "on.",
                          stride_sentence(averaging.options.steps - 1)),
          .x = {.title = "step"},
          .y = {.title = "the rule's step at learning rate 1"},
          .series = {from_step_one("sum", Mark::line, memory.of_constant.sum),
                     from_step_one("average", Mark::line, memory.of_constant.average),
                     from_step_one("corrected average", Mark::line, memory.of_constant.corrected)},
          .at_y = {{"1 / (1 − β)", memory.effective_number}, {"the gradient", 1}}};
}

Curves noisy(const Averaging& averaging) {
  Curves curves{
      .title = "A noisy gradient that turns round",
      .caption = text("Points: one signal of ", counted(averaging.noisy.size(), "gradient"),
                      ", 1 and then -1 with standard normal noise (seed ", averaging.options.seed,
                      "). Lines: its corrected average. A long memory is calm, and late "
                      "to see the turn.",
                      stride_sentence(averaging.options.steps - 1)),
      .x = {.title = "step"},
      .y = {.title = "gradient"},
      .series = {}};
  for (const BetaMemory& memory : averaging.memories)
    curves.series.push_back(
        from_step_one(series_name(memory), Mark::line, memory.of_noisy.corrected));
  curves.series.push_back(from_step_one("gradient", Mark::points, averaging.noisy));
  return curves;
}

}  // namespace

Exhibit averaging_exhibit(const Averaging& averaging) {
  return {.title = "What momentum remembers",
          .findings = findings(averaging),
          .tables = {{"Memory by β", betas_table(averaging)}},
          .json = averaging_json(averaging),
          .csv = weights_table(averaging),
          .figures = {weights(averaging), constant(averaging), noisy(averaging)}};
}

}  // namespace ravine::report
