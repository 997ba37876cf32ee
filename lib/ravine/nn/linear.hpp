#pragma once

#include "ravine/autograd/activation.hpp"
#include "ravine/nn/module.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::nn {

/// x W' + b: from [..., in] to [..., out], weight [out, in] and bias [out]. Both start uniform in
/// (-1/sqrt(in), 1/sqrt(in)), as PyTorch's do.
template <class T = float>
class Linear final : public Module<T> {
 public:
  Linear(std::size_t in, std::size_t out, Generator& generator = default_generator());

  Variable<T> forward(const Variable<T>& x) override { return forward(x, Activation::identity); }
  /// The layer and an activation after it, in one pass over the output.
  Variable<T> forward(const Variable<T>& x, Activation activation) const;
  void visit(Members<T>& members) override {
    members.parameter("weight", weight);
    members.parameter("bias", bias);
  }

  Variable<T> weight;
  Variable<T> bias;
};

extern template class Linear<float>;
extern template class Linear<double>;

}  // namespace ravine::nn
