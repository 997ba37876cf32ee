#pragma once

#include <cmath>
#include <cstddef>

#include "ravine/data/data_loader.hpp"
#include "ravine/optim/optimizer.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"

namespace ravine::train {

/// Of one step of the optimizer.
struct StepOutcome {
  double loss = 0;           ///< the mean over its examples, before the step
  double gradient_norm = 0;  ///< before it was clipped
  std::size_t examples = 0;

  bool finite() const { return std::isfinite(loss) && std::isfinite(gradient_norm); }
};

/// Takes steps of the optimizer, each on one batch or on several as if they were one.
class Stepper {
 public:
  /// `batches` make one step, at most. All that is given must outlive the stepper.
  Stepper(Model& model, const data::Dataset& train, optim::Optimizer<float>& optimizer,
          const FitOptions& options, std::size_t batches);

  /// Leaves `batch` behind the last one taken. Where the outcome is not finite, no step was made.
  StepOutcome step(data::DataLoader::Iterator& batch);

 private:
  StepOutcome step_with_closure(data::DataLoader::Iterator& batch);
  std::size_t examples_of_step();
  double add_gradient(const data::Batch& batch, std::size_t examples_of_step);
  double clip();

  Model& model_;
  const data::Dataset& train_;
  optim::Optimizer<float>& optimizer_;
  const FitOptions& options_;
  std::size_t batches_;        // that make one step, at most
  std::size_t most_examples_;  // of a step
  std::size_t left_ = 0;       // of the epoch's
};

}  // namespace ravine::train
