#include "ravine/nn/mlp.hpp"

#include "ravine/nn/activations.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/tensor/error.hpp"

namespace ravine::nn {

template <class T>
Sequential<T> mlp(std::span<const std::size_t> widths, Activation activation,
                  Generator& generator) {
  if (widths.size() < 2) throw InputError("mlp: at least the inputs and the outputs are needed");
  Sequential<T> model;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    if (i != 0) model.add(Activate<T>(activation));
    model.add(Linear<T>(widths[i], widths[i + 1], generator));
  }
  return model;
}

template Sequential<float> mlp(std::span<const std::size_t>, Activation, Generator&);
template Sequential<double> mlp(std::span<const std::size_t>, Activation, Generator&);

}  // namespace ravine::nn
