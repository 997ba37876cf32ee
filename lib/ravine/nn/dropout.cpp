#include "ravine/nn/dropout.hpp"

#include "ravine/autograd/dropout.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::nn {

template <class T>
Dropout<T>::Dropout(double probability) : probability_(probability) {
  if (!(probability >= 0 && probability < 1))
    throw InputError(text("Dropout: probability must be in [0, 1), ", probability, " was given"));
}

template <class T>
Variable<T> Dropout<T>::forward(const Variable<T>& x) {
  return this->training() ? dropout(x, probability_) : x;
}

template class Dropout<float>;
template class Dropout<double>;

}  // namespace ravine::nn
