#include "ravine/compare/problem.hpp"

#include <algorithm>
#include <utility>

#include "ravine/compare/fingerprint.hpp"
#include "ravine/compare/metric.hpp"
#include "ravine/compare/target.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::compare {

Problem make_problem(std::string name, const data::TrainTest& parts, const Options& options) {
  train::Prepared data = train::prepare(parts, options.validation, options.seed);
  const train::Model model =
      train::make_model(options.model, options.hidden, options.activation, data, options.seed);
  DataFacts facts{.name = std::move(name),
                  .task = parts.train.task,
                  .train_examples = data.train.size(),
                  .validation_examples = data.validation.size(),
                  .test_examples = data.test.size(),
                  .target_column = parts.train.target_name,
                  .layers = model.architecture.layers,
                  .fingerprint = fingerprint_of(parts)};
  data::Dataset test = std::exchange(data.test, {});
  return {.facts = std::move(facts), .data = std::move(data), .test = std::move(test)};
}

void check_target(const Options& options, std::span<const DataFacts> data) {
  if (!options.target || data.empty()) return;
  const auto& [name, value] = *options.target;
  const auto other = std::ranges::find_if(
      data, [&](const DataFacts& facts) { return facts.task != data.front().task; });
  if (name.empty() && other != data.end())
    throw InputError(text("target metric: ", value, " may be of ", data.front().name,
                          ", whose metric is ", metric_of(data.front().task).name, ", or of ",
                          other->name, ", whose metric is ", metric_of(other->task).name,
                          " (name one, as in accuracy=0.9 or rmse=3; the target of the others "
                          "follows from the runs)"));
  bool is_of_some = false;
  for (const DataFacts& facts : data) {
    const Metric metric = metric_of(facts.task);
    if (!asked_target(options, metric)) continue;
    is_of_some = true;
    if (metric.higher_is_better && !(value > 0 && value <= 1))
      throw InputError(text("target metric: an accuracy must be in (0, 1], ", value,
                            " was given for ", facts.name));
    if (!metric.higher_is_better && !(value > 0))
      throw InputError(
          text("target metric: an rmse must be above 0, ", value, " was given for ", facts.name));
  }
  if (!is_of_some)
    throw InputError(text("target metric '", name, "': ", data.front().name, " is a ",
                          data::name_of(data.front().task), " task, whose metric is ",
                          metric_of(data.front().task).name));
}

void check(const Options& options, const Problem& problem) {
  train::Model model = train::make_model(options.model, options.hidden, options.activation,
                                         problem.data, options.seed);
  for (const Contender& contender : options.contenders) {
    const auto optimizer =
        optim::make(contender.name, model.network.parameters(), contender.settings, options.groups);
    train::check(options.fit, *optimizer, problem.data);
  }
}

}  // namespace ravine::compare
