#include "ravine/nn/linear.hpp"

#include <cmath>

#include "ravine/autograd/linear.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::nn {

template <class T>
Linear<T>::Linear(std::size_t in, std::size_t out, Generator& generator) {
  if (in == 0 || out == 0)
    throw InputError(text("Linear: at least one input and one output are needed, ", in, " and ",
                          out, " were given"));
  const double bound = 1 / std::sqrt(static_cast<double>(in));
  Tensor<T> w = Tensor<T>::uninitialized({out, in});
  Tensor<T> b = Tensor<T>::uninitialized({out});
  fill_uniform(w, -bound, bound, generator);
  fill_uniform(b, -bound, bound, generator);
  weight = parameter(std::move(w), "weight");
  bias = parameter(std::move(b), "bias");
}

template <class T>
Variable<T> Linear<T>::forward(const Variable<T>& x, Activation activation) const {
  return linear(x, weight, bias, activation);
}

template class Linear<float>;
template class Linear<double>;

}  // namespace ravine::nn
