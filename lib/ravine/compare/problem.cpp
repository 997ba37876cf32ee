#include "ravine/compare/problem.hpp"

#include <utility>

#include "ravine/compare/fingerprint.hpp"
#include "ravine/compare/metric.hpp"
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
                  .layers = model.architecture.layers,
                  .fingerprint = fingerprint_of(parts)};
  data::Dataset test = std::exchange(data.test, {});
  return {.facts = std::move(facts), .data = std::move(data), .test = std::move(test)};
}

void check_target(const Options& options, const DataFacts& facts) {
  if (!options.target) return;
  const Target& target = *options.target;
  const Metric metric = metric_of(facts.task);
  if (!target.metric.empty() && target.metric != metric.name)
    throw InputError(text("target metric '", target.metric, "': ", facts.name, " is a ",
                          data::name_of(facts.task), " task, whose metric is ", metric.name));
  if (metric.higher_is_better && !(target.value > 0 && target.value <= 1))
    throw InputError(text("target metric: an accuracy must be in (0, 1], ", target.value,
                          " was given for ", facts.name));
  if (!metric.higher_is_better && !(target.value > 0))
    throw InputError(text("target metric: an rmse must be above 0, ", target.value,
                          " was given for ", facts.name));
}

void check(const Options& options, const Problem& problem) {
  check_target(options, problem.facts);
  train::Model model = train::make_model(options.model, options.hidden, options.activation,
                                         problem.data, options.seed);
  for (const Contender& contender : options.contenders) {
    const auto optimizer =
        optim::make(contender.name, model.network.parameters(), contender.settings, options.groups);
    train::check(options.fit, *optimizer, problem.data);
  }
}

}  // namespace ravine::compare
