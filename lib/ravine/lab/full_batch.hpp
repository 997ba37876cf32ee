#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/tensor/parameter.hpp"
#include "ravine/train/model.hpp"

// The loss of training as one function of the weights: over all examples at once, in double.

namespace ravine::lab {

/// All examples that the loss is the mean over.
struct FullBatch {
  data::Task task;
  Tensor<double> x;  ///< [n, f]
  Tensor<double> y;  ///< [n], the index of the class or the value

  std::size_t size() const { return y.size(); }
};

/// Of a dataset that is on its scale already, as train::prepare leaves it.
FullBatch full_batch(const data::Dataset& prepared);

/// So many examples at random, each at most once. Throws InputError for 0 and for more than there
/// are.
data::Dataset sampled(const data::Dataset& dataset, std::size_t examples, std::uint64_t seed);

/// Linear layers with an activation between them, whose weights are at hand.
struct Layers {
  std::vector<nn::Linear<double>> linear;
  Activation activation = Activation::identity;
};

/// With the weights that train::make_model draws by the seed, but for their rounding to float.
Layers initial_layers(const train::Architecture& architecture, std::uint64_t seed);

/// Layer by layer, its weight and then its bias.
Parameters<double> parameters_of(const Layers& layers);
std::size_t parameter_count(const Layers& layers);

/// The outputs [rows, outputs] of examples [rows, f].
Variable<double> outputs_of(const Layers& layers, const Variable<double>& x);

/// Rows [begin, end) of the batch, and their share of all.
struct Chunk {
  Tensor<double> x;
  Tensor<double> y;
  double share;
};
/// Calls `use` for all rows, as many at a time as bounds the memory that a graph over them takes.
void for_each_chunk(const Layers& layers, const FullBatch& batch,
                    const std::function<void(const Chunk&)>& use);

/// The loss of training (see train::loss_of), without its gradient.
double loss_of(const Layers& layers, const FullBatch& batch);
/// The same, and its gradient in the parameters instead of what was there.
double differentiate_loss(const Layers& layers, const FullBatch& batch);

}  // namespace ravine::lab
