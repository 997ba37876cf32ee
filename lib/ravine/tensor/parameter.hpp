#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ravine/tensor/tensor.hpp"

namespace ravine {

/// A tensor that training changes. Autograd writes `grad`, an optimizer reads it and moves `value`;
/// neither knows the other, this is all they share.
template <class T>
struct Parameter {
  std::string name;
  Tensor<T> value;
  /// d loss / d value, of the same shape; means something only while `has_grad`.
  Tensor<T> grad;
  /// False until a backward pass reaches the parameter: its first contribution overwrites `grad`,
  /// later ones add, so that nobody has to fill it with zeros.
  bool has_grad = false;

  Parameter(std::string its_name, Tensor<T> its_value)
      : name(std::move(its_name)),
        value(std::move(its_value)),
        grad(Tensor<T>::uninitialized(value.shape())) {}
};

/// What `model.parameters()` gives and an optimizer takes.
template <class T>
using Parameters = std::vector<std::shared_ptr<Parameter<T>>>;

}  // namespace ravine
