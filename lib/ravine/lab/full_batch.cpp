#include "ravine/lab/full_batch.hpp"

#include <algorithm>
#include <numeric>

#include "ravine/autograd/grad_mode.hpp"
#include "ravine/nn/losses.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/streams.hpp"

namespace ravine::lab {
namespace {

/// Apart from the streams that a training run draws from.
constexpr std::uint64_t sample_stream = 0x73616d706c65;

Tensor<double> widened(const Tensor<float>& narrow) {
  Tensor<double> wide = Tensor<double>::uninitialized(narrow.shape());
  std::ranges::copy(narrow.values(), wide.values().begin());
  return wide;
}

Variable<double> mean_loss(const Layers& layers, data::Task task, const Chunk& chunk) {
  const Variable<double> output = outputs_of(layers, chunk.x);
  return task == data::Task::classification ? cross_entropy(output, chunk.y)
                                            : half_mse_loss(output, chunk.y);
}

}  // namespace

FullBatch full_batch(const data::Dataset& prepared) {
  return {.task = prepared.task,
          .x = widened(prepared.features.floats()),
          .y = widened(prepared.targets)};
}

data::Dataset sampled(const data::Dataset& dataset, std::size_t examples, std::uint64_t seed) {
  if (examples == 0 || examples > dataset.size())
    throw InputError(text(dataset.name, ": ", examples, " of ", dataset.size(),
                          " examples cannot be taken (--examples 1 to ", dataset.size(), ")"));
  std::vector<std::size_t> rows = Generator(seed, sample_stream).permutation(dataset.size());
  rows.resize(examples);
  return dataset.subset(rows);
}

Layers initial_layers(const train::Architecture& architecture, std::uint64_t seed) {
  Generator generator(seed, train::weights_stream);
  Layers layers{.linear = {}, .activation = architecture.activation};
  const std::vector<std::size_t>& widths = architecture.layers;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i)
    layers.linear.emplace_back(widths[i], widths[i + 1], generator);
  return layers;
}

Parameters<double> parameters_of(const Layers& layers) {
  Parameters<double> parameters;
  for (const nn::Linear<double>& layer : layers.linear) {
    parameters.push_back(layer.weight.parameter());
    parameters.push_back(layer.bias.parameter());
  }
  return parameters;
}

std::size_t parameter_count(const Layers& layers) {
  std::size_t count = 0;
  for (const auto& parameter : parameters_of(layers)) count += parameter->value.size();
  return count;
}

Variable<double> outputs_of(const Layers& layers, const Variable<double>& x) {
  Variable<double> output = x;
  for (std::size_t i = 0; i + 1 < layers.linear.size(); ++i)
    output = layers.linear[i].forward(output, layers.activation);
  return layers.linear.back().forward(output, Activation::identity);
}

void for_each_chunk(const Layers& layers, const FullBatch& batch,
                    const std::function<void(const Chunk&)>& use) {
  constexpr std::size_t most_elements = std::size_t{1} << 18;  // of one value of each layer
  std::size_t width = batch.x.shape()[1];
  for (const nn::Linear<double>& layer : layers.linear) width += layer.bias.value().size();
  const std::size_t rows = std::max<std::size_t>(1, most_elements / width);
  for (std::size_t begin = 0; begin < batch.size(); begin += rows) {
    const std::size_t end = std::min(begin + rows, batch.size());
    use({.x = batch.x.rows(begin, end),
         .y = batch.y.rows(begin, end),
         .share = static_cast<double>(end - begin) / static_cast<double>(batch.size())});
  }
}

double loss_of(const Layers& layers, const FullBatch& batch) {
  const NoGrad no_grad;
  double loss = 0;
  for_each_chunk(layers, batch, [&](const Chunk& chunk) {
    loss += chunk.share * mean_loss(layers, batch.task, chunk).item();
  });
  return loss;
}

double differentiate_loss(const Layers& layers, const FullBatch& batch) {
  for (const auto& parameter : parameters_of(layers)) parameter->has_grad = false;
  double loss = 0;
  for_each_chunk(layers, batch, [&](const Chunk& chunk) {
    const Variable<double> part = chunk.share * mean_loss(layers, batch.task, chunk);
    part.backward();
    loss += part.item();
  });
  return loss;
}

}  // namespace ravine::lab
