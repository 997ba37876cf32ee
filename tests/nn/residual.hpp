#pragma once

#include <cstddef>

#include "ravine/nn/dropout.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/nn/normalization.hpp"

namespace ravine::nn::testing {

/// A module as a user writes one: x + scale * norm(inner(x)), with a parameter of its own.
template <class T>
struct Residual final : Module<T> {
  explicit Residual(std::size_t features)
      : inner(features, features),
        norm(features),
        scale(parameter(Tensor<T>::full({features}, T(0.5)), "scale")) {}

  Variable<T> forward(const Variable<T>& x) override { return x + scale * dropout(norm(inner(x))); }
  void visit(Members<T>& members) override {
    members.child("inner", inner);
    members.child("norm", norm);
    members.child("dropout", dropout);
    members.parameter("scale", scale);
  }

  Linear<T> inner;
  BatchNorm1d<T> norm;
  Dropout<T> dropout;
  Variable<T> scale;
};

}  // namespace ravine::nn::testing
