#include "ravine/lab/hessian_product.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/autograd/tape.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

template <class Function>
Tensor<double> mapped(const Tensor<double>& x, Function function) {
  Tensor<double> y = Tensor<double>::uninitialized(x.shape());
  std::ranges::transform(x.values(), y.values().begin(), function);
  return y;
}

double normal_density(double z) {
  return std::exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

/// Phi(z) + z phi(z), whose derivative is (2 - z^2) phi(z).
Variable<double> gelu_slope(const Variable<double>& z) {
  const auto slope = [](double x) {
    return std::erfc(-x / std::numbers::sqrt2) / 2 + x * normal_density(x);
  };
  return record<double>("gelu_slope", mapped(z.value(), slope), {&z},
                        [z = z.value()](const Backward<double>& backward) {
                          Tensor<double> dz = backward.grad().clone();
                          for (std::size_t i = 0; i < dz.size(); ++i)
                            dz[i] *= (2 - z[i] * z[i]) * normal_density(z[i]);
                          backward.add(0, std::move(dz));
                        });
}

/// act'(z) from z and h = act(z), as an expression that gradients flow through.
Variable<double> slope_of(Activation activation, const Variable<double>& z,
                          const Variable<double>& h) {
  switch (activation) {
    case Activation::identity:
      return 1;
    case Activation::relu:
      return mapped(z.value(), [](double x) { return x > 0 ? 1.0 : 0.0; });
    case Activation::leaky_relu:
      return mapped(z.value(), [](double x) { return x >= 0 ? 1.0 : 0.01; });
    case Activation::tanh:
      return 1 - h * h;
    case Activation::sigmoid:
      return h * (1 - h);
    case Activation::gelu:
      return gelu_slope(z);
    case Activation::softplus:
      return sigmoid(z);
  }
  throw InputError("there is no such activation");
}

/// A value and its derivative along v.
struct Dual {
  Variable<double> value;
  Variable<double> tangent;
};

/// The parts of v that belong to a layer's weight and bias, of their shapes.
struct Direction {
  Tensor<double> weight;
  Tensor<double> bias;
};

std::vector<Direction> directions_of(const Layers& layers, const Tensor<double>& v) {
  std::vector<Direction> directions;
  std::size_t begin = 0;
  const auto next = [&](const Shape& shape) {
    const std::size_t end = begin + shape.size();
    const Tensor<double> part = v.rows(begin, end).reshape(shape);
    begin = end;
    return part;
  };
  for (const nn::Linear<double>& layer : layers.linear) {
    Tensor<double> weight = next(layer.weight.shape());
    directions.push_back({std::move(weight), next(layer.bias.shape())});
  }
  return directions;
}

/// z' = x' W' + x V' + c for z = x W' + b along V and c; the examples themselves have x' = 0.
Variable<double> tangent_of(const nn::Linear<double>& layer, const Direction& direction,
                            const Dual& x, bool x_is_constant) {
  Variable<double> tangent = linear<double>(x.value, direction.weight, direction.bias);
  if (x_is_constant) return tangent;
  return tangent + matmul(x.tangent, transpose(layer.weight));
}

Dual outputs_along(const Layers& layers, const std::vector<Direction>& directions,
                   const Tensor<double>& x) {
  Dual h{x, {}};
  for (std::size_t i = 0; i < layers.linear.size(); ++i) {
    const nn::Linear<double>& layer = layers.linear[i];
    const Dual z{layer.forward(h.value, Activation::identity),
                 tangent_of(layer, directions[i], h, i == 0)};
    if (i + 1 == layers.linear.size()) return z;
    h.value = activate(z.value, layers.activation);
    h.tangent = slope_of(layers.activation, z.value, h.value) * z.tangent;
  }
  return h;
}

/// d loss / d output of one row, not yet divided by the number of rows: softmax(z) less the class,
/// or the error.
Variable<double> output_error(data::Task task, const Variable<double>& output,
                              const Tensor<double>& y) {
  if (task == data::Task::regression) return output - y.reshape(output.shape());
  Tensor<double> one_hot = Tensor<double>::zeros(output.shape());
  const std::size_t classes = output.shape().back();
  for (std::size_t row = 0; row < y.size(); ++row)
    one_hot[row * classes + static_cast<std::size_t>(y[row])] = 1;
  return softmax(output) - one_hot;
}

}  // namespace

Tensor<double> hessian_product(const Layers& layers, const FullBatch& batch,
                               const Tensor<double>& v) {
  const std::size_t count = parameter_count(layers);
  if (v.shape() != Shape{count})
    throw ShapeError(
        text("hessian_product: the direction has the shape ", v.shape(), ", not [", count, "]"));
  const Parameters<double> parameters = parameters_of(layers);
  for (const auto& parameter : parameters) parameter->has_grad = false;
  const std::vector<Direction> directions = directions_of(layers, v);
  for_each_chunk(layers, batch, [&](const Chunk& chunk) {
    const Dual output = outputs_along(layers, directions, chunk.x);
    const Variable<double> slope =
        sum(output_error(batch.task, output.value, chunk.y) * output.tangent);
    (slope / static_cast<double>(batch.size())).backward();
  });
  Tensor<double> product = Tensor<double>::zeros({count});
  std::size_t begin = 0;
  for (const auto& parameter : parameters) {
    const std::size_t end = begin + parameter->value.size();
    if (parameter->has_grad)
      product.rows(begin, end).assign(parameter->grad.reshape({end - begin}));
    begin = end;
  }
  return product;
}

}  // namespace ravine::lab
