#pragma once

#include "ravine/autograd/activation.hpp"
#include "ravine/nn/module.hpp"

namespace ravine::nn {

/// A function of each element for itself, as a layer.
template <class T = float>
class Activate : public Module<T> {
 public:
  explicit Activate(Activation activation) : activation_(activation) {}
  Variable<T> forward(const Variable<T>& x) final { return activate(x, activation_); }
  Activation activation() const { return activation_; }

 private:
  Activation activation_;
};

template <class T = float>
struct ReLU final : Activate<T> {
  ReLU() : Activate<T>(Activation::relu) {}
};
template <class T = float>
struct LeakyReLU final : Activate<T> {
  LeakyReLU() : Activate<T>(Activation::leaky_relu) {}
};
template <class T = float>
struct Tanh final : Activate<T> {
  Tanh() : Activate<T>(Activation::tanh) {}
};
template <class T = float>
struct Sigmoid final : Activate<T> {
  Sigmoid() : Activate<T>(Activation::sigmoid) {}
};
template <class T = float>
struct GELU final : Activate<T> {
  GELU() : Activate<T>(Activation::gelu) {}
};
template <class T = float>
struct Softplus final : Activate<T> {
  Softplus() : Activate<T>(Activation::softplus) {}
};

}  // namespace ravine::nn
