#include "ravine/train/evaluate.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/autograd/grad_mode.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/data/data_loader.hpp"
#include "ravine/nn/losses.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/prepare.hpp"

namespace ravine::train {
namespace {

/// Calls `use(output, batch)` for all examples in their order, with the network in evaluation mode.
template <class Use>
void for_each_output(nn::Module<float>& network, const data::Dataset& dataset, Use use) {
  constexpr std::size_t batch_size = 1024;
  const NoGrad no_grad;
  const bool was_training = network.training();
  network.eval();
  data::DataLoader loader(dataset, {.batch_size = batch_size, .shuffle = false, .seed = 0});
  for (const data::Batch& batch : loader) use(network(batch.x), batch);
  network.train(was_training);
}

std::size_t count_correct(const Tensor<float>& scores, const Tensor<float>& classes) {
  const std::size_t columns = scores.shape().back();
  std::size_t correct = 0;
  for (std::size_t r = 0; r < classes.size(); ++r) {
    const float* row = scores.data() + r * columns;
    const auto best = std::max_element(row, row + columns) - row;
    if (best == static_cast<std::ptrdiff_t>(classes[r])) ++correct;
  }
  return correct;
}

/// 1 - SSE / SST; the sums are of squares about the prediction and about the mean.
std::optional<double> r2(double squared_errors, const Tensor<float>& targets) {
  double mean = 0;
  for (const float y : targets.values()) mean += y / static_cast<double>(targets.size());
  double total = 0;
  for (const float y : targets.values()) total += (y - mean) * (y - mean);
  if (total == 0) return {};
  return 1 - squared_errors / total;
}

}  // namespace

Variable<float> loss_of(data::Task task, const Variable<float>& output,
                        const Tensor<float>& targets) {
  if (task == data::Task::classification) return cross_entropy(output, targets);
  return half_mse_loss(output, targets);
}

double loss_of_a_constant(const data::Dataset& prepared) {
  return prepared.task == data::Task::classification
             ? std::log(static_cast<double>(prepared.class_count()))
             : 0.5;
}

Metrics evaluate(nn::Module<float>& network, const data::Dataset& dataset,
                 double target_deviation) {
  double loss = 0;
  std::size_t correct = 0;
  const auto n = static_cast<double>(dataset.size());
  for_each_output(network, dataset, [&](const Variable<float>& output, const data::Batch& batch) {
    const auto share = static_cast<double>(batch.y.size()) / n;
    loss += share * static_cast<double>(loss_of(dataset.task, output, batch.y).item());
    if (dataset.task == data::Task::classification)
      correct += count_correct(output.value(), batch.y);
  });
  if (dataset.task == data::Task::classification)
    return {.loss = loss, .accuracy = static_cast<double>(correct) / n, .rmse = {}, .r2 = {}};
  return {.loss = loss,
          .accuracy = {},
          .rmse = std::sqrt(2 * loss) * target_deviation,
          .r2 = r2(2 * loss * n, dataset.targets)};
}

Metrics evaluate_prepared(Model& model, const data::Dataset& prepared) {
  return evaluate(model.network, prepared,
                  model.target_scaling ? model.target_scaling->deviation[0] : 1);
}

Metrics evaluate(Model& model, const data::Dataset& raw) {
  if (!raw.has_targets())
    throw InputError(text(raw.name, ": there is no target to evaluate against"));
  return evaluate_prepared(model, scaled_for(model, raw));
}

double accuracy(nn::Module<float>& network, const data::Dataset& dataset) {
  if (dataset.task != data::Task::classification)
    throw InputError(text(dataset.name, ": accuracy is of classes, its target is a number"));
  return *evaluate(network, dataset).accuracy;
}

Tensor<float> predict(Model& model, const data::Dataset& raw) {
  const std::size_t outputs = model.architecture.layers.back();
  Tensor<float> result = Tensor<float>::uninitialized({raw.size(), outputs});
  std::size_t row = 0;
  for_each_output(model.network, scaled_for(model, raw),
                  [&](const Variable<float>& output, const data::Batch& batch) {
                    const std::size_t end = row + batch.x.shape()[0];
                    result.rows(row, end).assign(model.target_scaling ? output.value()
                                                                      : softmax(output).value());
                    row = end;
                  });
  if (!model.target_scaling) return result;
  return restore_target(result.reshape({raw.size()}), *model.target_scaling);
}

}  // namespace ravine::train
