#include "ravine/nn/sequential.hpp"

#include <string>

namespace ravine::nn {

template <class T>
Variable<T> Sequential<T>::forward(const Variable<T>& x) {
  Variable<T> y = x;
  for (const auto& module : modules_) y = module->forward(y);
  return y;
}

template <class T>
void Sequential<T>::visit(Members<T>& members) {
  for (std::size_t i = 0; i < modules_.size(); ++i) members.child(std::to_string(i), *modules_[i]);
}

template class Sequential<float>;
template class Sequential<double>;

}  // namespace ravine::nn
