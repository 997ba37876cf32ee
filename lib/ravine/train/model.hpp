#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ravine/autograd/activation.hpp"
#include "ravine/data/schema.hpp"
#include "ravine/data/standardizer.hpp"
#include "ravine/nn/sequential.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::train {

/// The models that are trained by name: `linear` predicts a number, `logistic` classes, both by one
/// linear layer; `mlp` predicts either, by a multilayer perceptron.
enum class ModelKind { linear, logistic, mlp };

std::string_view name_of(ModelKind kind);
/// Throws UnknownName, offering the nearest.
ModelKind model_named(std::string_view name);

struct Architecture {
  ModelKind kind = ModelKind::mlp;
  /// The widths of all layers, features first and outputs last.
  std::vector<std::size_t> layers;
  Activation activation = Activation::relu;
};

/// A network with everything needed to use it on data as they come: what the columns mean, and how
/// features and a regression target were brought to one scale.
struct Model {
  Architecture architecture;
  data::Schema schema;
  std::optional<data::Standardizer> feature_scaling;
  std::optional<data::Standardizer> target_scaling;
  nn::Sequential<float> network;
};

/// A network of that architecture with its initial weights.
nn::Sequential<float> make_network(const Architecture& architecture, Generator& generator);

}  // namespace ravine::train
