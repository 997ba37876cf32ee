#include "ravine/autograd/activation.hpp"

#include <algorithm>
#include <vector>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {

std::span<const std::string> activation_names() {
  static const std::vector<std::string> names{"identity", "relu", "leaky_relu", "tanh",
                                              "sigmoid",  "gelu", "softplus"};
  return names;
}

std::string_view name_of(Activation activation) {
  return activation_names()[static_cast<std::size_t>(activation)];
}

Activation activation_named(std::string_view name) {
  const auto names = activation_names();
  const auto found = std::ranges::find(names, name);
  if (found == names.end())
    throw UnknownName(text("there is no activation '", name, "'", suggestion(name, names)));
  return static_cast<Activation>(found - names.begin());
}

template <class T>
Variable<T> activate(const Variable<T>& x, Activation activation) {
  switch (activation) {
    case Activation::identity:
      return x;
    case Activation::relu:
      return relu(x);
    case Activation::leaky_relu:
      return leaky_relu(x);
    case Activation::tanh:
      return tanh(x);
    case Activation::sigmoid:
      return sigmoid(x);
    case Activation::gelu:
      return gelu(x);
    case Activation::softplus:
      return softplus(x);
  }
  throw InputError("there is no such activation");
}

template Variable<float> activate(const Variable<float>&, Activation);
template Variable<double> activate(const Variable<double>&, Activation);

}  // namespace ravine
