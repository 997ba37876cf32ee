#include "ravine/compare/run_once.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "ravine/compare/complete_settings.hpp"
#include "ravine/compare/metric.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::compare {
namespace {

/// The median rule: whether a trial whose best so far is `best` is given up after an epoch.
bool is_hopeless(const std::vector<double>& worst_allowed, std::size_t epoch, double best,
                 const Metric& metric) {
  return epoch <= worst_allowed.size() && metric.better(worst_allowed[epoch - 1], best);
}

double finite_or_nan(double x) {
  return std::isfinite(x) ? x : std::numeric_limits<double>::quiet_NaN();
}

/// A run can end far from any solution with numbers that are still finite; averaged with others, it
/// would hide them. Empty where it did not.
std::string blow_up(const data::Dataset& train, double train_loss) {
  constexpr double factor = 10;
  const double constant = train::loss_of_a_constant(train);
  return train_loss <= factor * constant
             ? ""
             : text("diverged: the training loss at the end, ", train_loss, ", is more than ",
                    factor, " times that of a constant prediction, ", constant,
                    " (try a smaller learning rate)");
}

}  // namespace

std::optional<Run> run_once(const Problem& problem, const Options& options,
                            const Contender& contender, const Assignment& assignment,
                            const RunObserver& observer) {
  const Metric metric = metric_of(problem.facts.task);
  train::FitOptions fit_options = options.fit;
  fit_options.seed = assignment.key.seed;
  train::Model model = train::make_model(options.model, options.hidden, options.activation,
                                         problem.data, fit_options.seed);
  const auto optimizer =
      optim::make(contender.name, model.network.parameters(),
                  complete_settings(contender, assignment.key.point), options.groups);

  Run run{.key = assignment.key};
  bool broken_off = false;
  double best = 0;
  double seconds = 0;
  const auto on_epoch = [&](const train::EpochReport& epoch) {
    const double now = metric.of(*epoch.validation);
    if (epoch.epoch == 1 || metric.better(now, best)) best = now;
    seconds += epoch.seconds;
    run.epochs.push_back({.train_loss = epoch.train_loss,
                          .validation_loss = finite_or_nan(epoch.validation->loss),
                          .validation_metric = finite_or_nan(now),
                          .seconds = seconds});
    if (observer.on_epoch) observer.on_epoch(epoch.epoch);
    return epoch.epoch == options.fit.epochs ||
           !is_hopeless(assignment.worst_allowed, epoch.epoch, best, metric);
  };
  const auto on_step = [&](const train::StepReport&) {
    broken_off = observer.go_on && !observer.go_on();
    return !broken_off;
  };
  const train::FitResult fit = train::fit(model, problem.data, *optimizer, fit_options,
                                          {.on_step = on_step, .on_epoch = on_epoch});
  if (broken_off) return {};

  run.status = fit.status;
  run.reason = fit.reason;
  run.steps = fit.steps;
  run.seconds = fit.seconds;
  run.state_bytes_per_parameter = optimizer->state_bytes_per_parameter();
  if (run.status == train::Status::finished) {
    run.reason = blow_up(problem.data.train, run.epochs.back().train_loss);
    if (!run.reason.empty()) run.status = train::Status::diverged;
  }
  if (assignment.fresh && run.status == train::Status::finished) {
    const train::Metrics test = train::evaluate_prepared(model, problem.test);
    run.end = {.train_loss = train::evaluate_prepared(model, problem.data.train).loss,
               .test_loss = test.loss,
               .test_metric = metric.of(test)};
  }
  return run;
}

}  // namespace ravine::compare
