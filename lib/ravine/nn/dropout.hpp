#pragma once

#include "ravine/nn/module.hpp"

namespace ravine::nn {

/// In training sets elements to 0 with the given probability and scales the others up; otherwise
/// passes everything through. Throws InputError unless the probability is in [0, 1).
template <class T = float>
class Dropout final : public Module<T> {
 public:
  explicit Dropout(double probability = 0.5);
  Variable<T> forward(const Variable<T>& x) override;

 private:
  double probability_;
};

extern template class Dropout<float>;
extern template class Dropout<double>;

}  // namespace ravine::nn
