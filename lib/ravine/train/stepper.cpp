#include "ravine/train/stepper.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>

#include "ravine/optim/clip.hpp"
#include "ravine/train/evaluate.hpp"

namespace ravine::train {

Stepper::Stepper(Model& model, const data::Dataset& train, optim::Optimizer<float>& optimizer,
                 const FitOptions& options, std::size_t batches)
    : model_(model),
      train_(train),
      optimizer_(optimizer),
      options_(options),
      batches_(batches),
      most_examples_(batches * std::min(options.batch_size, train.size())) {}

StepOutcome Stepper::step(data::DataLoader::Iterator& batch) {
  if (optimizer_.needs_closure()) return step_with_closure(batch);
  StepOutcome outcome{.examples = examples_of_step()};
  optimizer_.zero_grad();
  for (std::size_t i = 0; i < batches_ && batch != std::default_sentinel; ++i, ++batch)
    outcome.loss += add_gradient(*batch, outcome.examples);
  outcome.gradient_norm = clip();
  if (outcome.finite()) optimizer_.step();
  return outcome;
}

StepOutcome Stepper::step_with_closure(data::DataLoader::Iterator& batch) {
  StepOutcome outcome{.examples = examples_of_step()};
  bool at_start = true;  // a line search may look at points where nothing is finite
  const auto closure = [&] {
    optimizer_.zero_grad();
    const double loss = add_gradient(*batch, outcome.examples);
    const double norm = clip();
    if (std::exchange(at_start, false)) outcome.gradient_norm = norm;
    return loss;
  };
  outcome.loss = optimizer_.step(std::ref(closure));
  ++batch;
  return outcome;
}

/// The last step of an epoch may have fewer.
std::size_t Stepper::examples_of_step() {
  if (left_ == 0) left_ = train_.size();
  const std::size_t examples = std::min(left_, most_examples_);
  left_ -= examples;
  return examples;
}

/// Adds the batch's part in the gradient of a step's mean loss, and returns that in the loss.
double Stepper::add_gradient(const data::Batch& batch, std::size_t examples_of_step) {
  const Variable<float> loss = loss_of(train_.task, model_.network(batch.x), batch.y);
  if (batch.y.size() == examples_of_step) {
    loss.backward();
    return static_cast<double>(loss.item());
  }
  const double share = static_cast<double>(batch.y.size()) / static_cast<double>(examples_of_step);
  (loss * static_cast<float>(share)).backward();
  return share * static_cast<double>(loss.item());
}

/// Returns the norm of the gradient before its norm was clipped.
double Stepper::clip() {
  if (options_.clip_value) optim::clip_grad_value(optimizer_, *options_.clip_value);
  return options_.clip_norm ? optim::clip_grad_norm(optimizer_, *options_.clip_norm)
                            : optimizer_.gradient_norm();
}

}  // namespace ravine::train
