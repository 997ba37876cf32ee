#include "ravine/nn/sequential.hpp"

#include <string>

namespace ravine::nn {

template <class T>
void Sequential<T>::append(std::unique_ptr<Module<T>> module) {
  Stage& stage = stages_.emplace_back();
  stage.linear = dynamic_cast<const Linear<T>*>(module.get());
  stage.activation = dynamic_cast<const Activate<T>*>(module.get());
  stage.module = std::move(module);
}

template <class T>
Variable<T> Sequential<T>::forward(const Variable<T>& x) {
  if (stages_.empty()) return x;
  Variable<T> y;
  for (std::size_t i = 0; i < stages_.size(); ++i) {
    const Variable<T>& input = i == 0 ? x : y;
    const Activate<T>* next = i + 1 < stages_.size() ? stages_[i + 1].activation : nullptr;
    if (stages_[i].linear == nullptr || next == nullptr)
      y = stages_[i].module->forward(input);
    else
      y = stages_[i++].linear->forward(input, next->activation());
  }
  return y;
}

template <class T>
void Sequential<T>::visit(Members<T>& members) {
  for (std::size_t i = 0; i < stages_.size(); ++i)
    members.child(std::to_string(i), *stages_[i].module);
}

template class Sequential<float>;
template class Sequential<double>;

}  // namespace ravine::nn
