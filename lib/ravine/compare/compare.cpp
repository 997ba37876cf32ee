#include "ravine/compare/compare.hpp"

#include <algorithm>

#include "ravine/optim/make.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::compare {
namespace {

train::Model model_of(const train::Prepared& data, const Options& options, std::uint64_t seed) {
  return train::make_model(options.model, options.hidden, options.activation, data, seed);
}

std::unique_ptr<optim::Optimizer<float>> optimizer_of(train::Model& model, const Options& options,
                                                      const Contender& contender) {
  return optim::make(contender.name, model.network.parameters(), contender.settings,
                     options.groups);
}

/// The test part must not steer a run, and there is no other that is not trained on.
void check_that_it_goes_by_time(const std::optional<optim::Schedule>& schedule) {
  if (schedule && schedule->observes_loss())
    throw InputError(text("compare: schedule '", *schedule,
                          "' goes by a validation loss, which a comparison has not (take one that "
                          "goes by time, such as cosine)"));
}

Run run_once(const train::Prepared& data, const data::Dataset& test, const Options& options,
             const Contender& contender, std::uint64_t seed) {
  train::Model model = model_of(data, options, seed);
  const auto optimizer = optimizer_of(model, options, contender);
  train::FitOptions fit_options = options.fit;
  fit_options.seed = seed;
  const train::FitResult fit = train::fit(model, data, *optimizer, fit_options);
  Run run{.seed = seed,
          .status = fit.status,
          .reason = fit.reason,
          .test = {},
          .steps = fit.steps,
          .seconds = fit.seconds,
          .state_bytes_per_parameter = optimizer->state_bytes_per_parameter()};
  if (run.status == train::Status::finished) run.test = train::evaluate(model, test);
  return run;
}

/// What is known of a contender before its runs; checks its name and settings.
Standing standing_of(const train::Prepared& data, const Options& options,
                     const Contender& contender) {
  train::Model model = model_of(data, options, options.fit.seed);
  return {.contender = contender,
          .settings = optimizer_of(model, options, contender)->hyperparameters(),
          .runs = {},
          .test_metric = {},
          .diverged = 0,
          .step_seconds = {},
          .state_bytes_per_parameter = 0};
}

void sum_up(Standing& standing, data::Task task) {
  std::vector<double> metrics;
  std::vector<double> step_seconds;
  for (const Run& run : standing.runs) {
    if (run.steps != 0) step_seconds.push_back(run.seconds / static_cast<double>(run.steps));
    if (run.status == train::Status::diverged) ++standing.diverged;
    standing.state_bytes_per_parameter =
        std::max(standing.state_bytes_per_parameter, run.state_bytes_per_parameter);
    if (run.test)
      metrics.push_back(task == data::Task::classification ? *run.test->accuracy : *run.test->rmse);
  }
  if (!metrics.empty()) standing.test_metric = summarize(metrics);
  if (!step_seconds.empty()) standing.step_seconds = median(step_seconds);
}

}  // namespace

Comparison compare(const data::TrainTest& parts, const Options& options, const OnRun& on_run) {
  if (options.contenders.empty()) throw InputError("compare: no optimizers were named");
  if (options.seeds == 0) throw InputError("compare: seeds must be at least 1, 0 was given");
  check_that_it_goes_by_time(options.fit.schedule);
  check_that_it_goes_by_time(options.fit.momentum_schedule);
  const train::Prepared data = train::without_test(train::prepare(parts, 0, options.fit.seed));

  Comparison result{.dataset = parts.train.name,
                    .task = parts.train.task,
                    .train_examples = parts.train.size(),
                    .test_examples = parts.test.size(),
                    .layers = {},
                    .standings = {}};
  for (const Contender& contender : options.contenders)
    result.standings.push_back(standing_of(data, options, contender));
  result.layers = model_of(data, options, options.fit.seed).architecture.layers;

  // Seed by seed, so that all optimizers have been through the same when it is broken off, and a
  // machine that slows down slows them all.
  for (std::size_t k = 0; k < options.seeds; ++k) {
    for (std::size_t i = 0; i < options.contenders.size(); ++i) {
      Run run = run_once(data, parts.test, options, options.contenders[i], options.fit.seed + k);
      if (on_run) on_run(options.contenders[i], run);
      result.standings[i].runs.push_back(std::move(run));
    }
  }
  for (Standing& standing : result.standings) sum_up(standing, result.task);
  return result;
}

}  // namespace ravine::compare
