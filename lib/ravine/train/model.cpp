#include "ravine/train/model.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "ravine/nn/mlp.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::train {
namespace {

const std::array<std::string, 3> kind_names{"linear", "logistic", "mlp"};

}  // namespace

std::string_view name_of(ModelKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

ModelKind model_named(std::string_view name) {
  const auto found = std::ranges::find(kind_names, name);
  if (found == kind_names.end())
    throw UnknownName(text("there is no model '", name, "'", suggestion(name, kind_names)));
  return static_cast<ModelKind>(found - kind_names.begin());
}

nn::Sequential<float> make_network(const Architecture& architecture, Generator& generator) {
  return nn::mlp<float>(architecture.layers, architecture.activation, generator);
}

}  // namespace ravine::train
