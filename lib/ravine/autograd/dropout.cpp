#include "ravine/autograd/dropout.hpp"

#include "ravine/autograd/elementwise.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {

template <class T>
Variable<T> dropout(const Variable<T>& x, double probability, Generator& generator) {
  if (!(probability >= 0 && probability < 1))
    throw InputError(text("dropout: probability must be in [0, 1), ", probability, " was given"));
  const T kept = static_cast<T>(1 / (1 - probability));
  Tensor<T> mask = Tensor<T>::uninitialized(x.shape());
  for (T& scale : mask.values()) scale = generator.uniform() < probability ? T(0) : kept;
  return x * mask;
}

template Variable<float> dropout(const Variable<float>&, double, Generator&);
template Variable<double> dropout(const Variable<double>&, double, Generator&);

}  // namespace ravine
