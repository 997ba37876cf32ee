#include "ravine/train/fit.hpp"

#include <algorithm>
#include <array>

#include "ravine/data/data_loader.hpp"
#include "ravine/optim/clip.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/scheduler.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/divergence.hpp"
#include "ravine/train/stepper.hpp"
#include "ravine/train/stopwatch.hpp"
#include "ravine/train/streams.hpp"

namespace ravine::train {
namespace {

std::size_t batches_of_a_step(const FitOptions& options, const data::DataLoader& loader) {
  return std::min(options.accumulate, loader.batch_count());
}

/// What schedules say, at each step or at the first of each epoch.
class Rates {
 public:
  Rates(optim::Optimizer<float>& optimizer, const FitOptions& options, std::size_t steps_per_epoch)
      : unit_(options.schedule_unit) {
    if (!options.schedule && !options.momentum_schedule) return;
    const std::size_t per_epoch = unit_ == Unit::step ? steps_per_epoch : 1;
    scheduler_.emplace(optimizer, options.schedule.value_or(optim::Schedule()),
                       static_cast<double>(options.epochs * per_epoch), options.momentum_schedule);
  }

  /// `steps` were taken before; epochs are from 1.
  void before_step(std::size_t steps, std::size_t epoch) {
    if (scheduler_)
      scheduler_->before_step(static_cast<double>(unit_ == Unit::step ? steps : epoch - 1));
  }
  void after_epoch(double validation_loss) {
    if (scheduler_) scheduler_->after_epoch(validation_loss);
  }
  /// So that another run begins where this one did.
  void put_back() {
    if (scheduler_) scheduler_->put_back();
  }

 private:
  Unit unit_;
  std::optional<optim::Scheduler<float>> scheduler_;
};

/// The average of the weights, where one is wanted.
class Averaging {
 public:
  Averaging(const FitOptions& options, const Parameters<float>& parameters) {
    if (options.average) average_.emplace(*options.average, parameters);
  }
  void update() {
    if (average_) average_->update();
  }
  /// Puts the average into the model, and the weights back at the next call.
  void swap() {
    if (average_) average_->swap();
  }

 private:
  std::optional<optim::WeightAverage<float>> average_;
};

/// All of `check` that needs no schedule to be tried.
void check_options(const FitOptions& options, const optim::Optimizer<float>& optimizer,
                   const Prepared& data) {
  if (options.epochs == 0) throw InputError("epochs must be at least 1, 0 was given");
  if (options.accumulate == 0) throw InputError("accumulate must be at least 1, 0 was given");
  if (options.clip_value) optim::check_clip_limit("clip_value", *options.clip_value);
  if (options.clip_norm) optim::check_clip_limit("clip_norm", *options.clip_norm);
  if (options.accumulate > 1 && optimizer.needs_closure())
    throw InputError(text(optimizer.name(),
                          " evaluates a batch several times, so that several "
                          "cannot make one step (use a larger batch)"));
  for (const auto& schedule : {options.schedule, options.momentum_schedule})
    if (schedule && schedule->observes_loss() && data.validation.size() == 0)
      throw InputError(text("schedule '", *schedule,
                            "' goes by the validation loss, but no part of "
                            "the data is set aside (--validation 0.1)"));
}

std::optional<Metrics> metrics_on(const data::Dataset& part, Model& model) {
  if (part.size() == 0) return {};
  return evaluate_prepared(model, part);
}

}  // namespace

std::span<const std::string> unit_names() {
  static const std::array<std::string, 2> names{"step", "epoch"};
  return names;
}

std::string_view name_of(Unit unit) { return unit_names()[static_cast<std::size_t>(unit)]; }

const char* name_of(Status status) {
  switch (status) {
    case Status::finished:
      return "finished";
    case Status::stopped:
      return "stopped";
    case Status::diverged:
      break;
  }
  return "diverged";
}

std::size_t steps_per_epoch(std::size_t examples, const FitOptions& options) {
  const auto parts = [](std::size_t whole, std::size_t part) {
    return whole / part + (whole % part != 0 ? 1 : 0);
  };
  return parts(parts(examples, options.batch_size), options.accumulate);
}

void check(const FitOptions& options, optim::Optimizer<float>& optimizer, const Prepared& data) {
  check_options(options, optimizer, data);
  // Making them is what checks their settings.
  const data::DataLoader loader(data.train, {.batch_size = options.batch_size, .seed = 0});
  const Rates rates(optimizer, options, steps_per_epoch(data.train.size(), options));
}

FitResult fit(Model& model, const Prepared& data, optim::Optimizer<float>& optimizer,
              const FitOptions& options, const Observer& observer) {
  check_options(options, optimizer, data);
  const std::uint64_t order_seed = Generator(options.seed, batches_stream).bits();
  manual_seed(Generator(options.seed, dropout_stream).bits());
  data::DataLoader loader(data.train, {.batch_size = options.batch_size, .seed = order_seed});
  const std::size_t batches = batches_of_a_step(options, loader);
  const std::size_t steps_of_an_epoch = steps_per_epoch(data.train.size(), options);
  Stepper stepper(model, data.train, optimizer, options, batches);
  Rates rates(optimizer, options, steps_of_an_epoch);
  Averaging averaging(options, optimizer.parameters());
  const auto examples = static_cast<double>(data.train.size());

  FitResult result;
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    EpochReport report{.epoch = epoch};
    Stopwatch watch;
    std::size_t step_of_epoch = 0;
    model.network.train();
    watch.start();
    for (auto batch = loader.begin(); batch != loader.end();) {
      rates.before_step(result.steps, epoch);
      const StepOutcome outcome = stepper.step(batch);
      ++result.steps;
      if (!outcome.finite()) {
        result.status = Status::diverged;
        result.reason = divergence(epoch, result.steps, outcome, optimizer);
        break;
      }
      averaging.update();
      report.train_loss += outcome.loss * static_cast<double>(outcome.examples) / examples;
      if (observer.on_step && !observer.on_step({.step = result.steps,
                                                 .epoch = epoch,
                                                 .step_of_epoch = ++step_of_epoch,
                                                 .steps_per_epoch = steps_of_an_epoch,
                                                 .loss = outcome.loss,
                                                 .lr = optimizer.get(optim::lr_name).number()})) {
        result.status = Status::stopped;
        break;
      }
    }
    watch.stop();
    report.lr = optimizer.get(optim::lr_name).number();
    result.seconds += watch.seconds();
    if (result.status == Status::finished) {
      result.reason = spoilt_weights(epoch, result.steps, optimizer);
      if (!result.reason.empty()) result.status = Status::diverged;
    }
    if (result.status != Status::finished) break;

    report.seconds = watch.seconds();
    report.examples_per_second = examples / report.seconds;
    averaging.swap();
    report.validation = metrics_on(data.validation, model);
    report.test = metrics_on(data.test, model);
    averaging.swap();
    if (report.validation) rates.after_epoch(report.validation->loss);
    result.epochs.push_back(report);
    if (observer.on_epoch && !observer.on_epoch(report)) {
      result.status = Status::stopped;
      break;
    }
  }
  averaging.swap();
  rates.put_back();
  return result;
}

}  // namespace ravine::train
