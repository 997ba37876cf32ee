#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/optimizer.hpp"
#include "ravine/optim/schedule.hpp"
#include "ravine/optim/weight_average.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/prepare.hpp"

namespace ravine::train {

/// What a schedule counts.
enum class Unit { step, epoch };
std::span<const std::string> unit_names();  ///< in the order of the enum
std::string_view name_of(Unit unit);

struct FitOptions {
  std::size_t epochs = 10;
  std::size_t batch_size = 32;
  /// Of the order of examples and of dropout.
  std::uint64_t seed = 0;
  /// Of the learning rate, and of the momentum or what stands for it; constant where none is given.
  std::optional<optim::Schedule> schedule = {};
  std::optional<optim::Schedule> momentum_schedule = {};
  Unit schedule_unit = Unit::step;
  /// Each element of a gradient is brought into [-clip_value, clip_value] first, then the norm of
  /// all gradients together to clip_norm at most.
  std::optional<double> clip_value = {};
  std::optional<double> clip_norm = {};
  /// The batches whose gradients make one step together, as that of one large batch would.
  std::size_t accumulate = 1;
  /// With it, the model that is judged and kept is the average of the weights.
  std::optional<optim::AverageKind> average = {};
};

/// The state of a run after a step.
struct StepReport {
  std::size_t step;             // from 1, over all epochs
  std::size_t epoch;            // from 1
  std::size_t step_of_epoch;    // from 1
  std::size_t steps_per_epoch;  // so that the time left can be told
  double loss;                  // of the batch
  double lr;                    // of this step
};

struct EpochReport {
  std::size_t epoch = 0;  // from 1
  double train_loss = 0;  // the mean over the epoch's batches, while the weights move
  std::optional<Metrics> validation = {};
  std::optional<Metrics> test = {};
  double lr = 0;       // that the epoch ended with
  double seconds = 0;  // of training alone, evaluation left out
  double examples_per_second = 0;
};

/// Called while a run goes on; both return whether to go on. A run that is told to end after an
/// epoch keeps that epoch.
struct Observer {
  std::function<bool(const StepReport&)> on_step;
  std::function<bool(const EpochReport&)> on_epoch;
};

enum class Status { finished, stopped, diverged };
const char* name_of(Status status);

struct FitResult {
  Status status = Status::finished;
  /// Of a run that diverged: the step, the tensor, the learning rate and the gradient's norm.
  std::string reason;
  std::vector<EpochReport> epochs;  // those that were completed
  std::size_t steps = 0;
  double seconds = 0;  // of training alone
};

/// Steps of the optimizer for so many examples, the last one perhaps on fewer.
std::size_t steps_per_epoch(std::size_t examples, const FitOptions& options);

/// Throws InputError for options that cannot be, with nothing done yet.
void check(const FitOptions& options, optim::Optimizer<float>& optimizer, const Prepared& data);

/// Trains a model on prepared data. A loss or a gradient that is not finite ends the run before the
/// step that would spoil the weights, and so do weights that an epoch's last step has spoilt.
/// Throws InputError as `check` does.
FitResult fit(Model& model, const Prepared& data, optim::Optimizer<float>& optimizer,
              const FitOptions& options, const Observer& observer = {});

}  // namespace ravine::train
