#pragma once

#include <utility>

#include "ravine/autograd/tape.hpp"
#include "ravine/nn/loss_kernels.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine {

/// A loss, with its gradient in the order of the prediction's elements: what is left to do on the
/// way back is to multiply by what comes from above.
template <class T>
Variable<T> record_loss(const char* name, double loss, const Variable<T>& prediction,
                        Tensor<T> gradient) {
  return record<T>(name, Tensor<T>::scalar(static_cast<T>(loss)), {&prediction},
                   [gradient = std::move(gradient)](const Backward<T>& backward) {
                     const auto [dx, accumulate] = backward.target(0);
                     simd::dispatch([&, &sum = dx, add = accumulate](auto level) {
                       kernels::scale<decltype(level)>(gradient.data(), backward.grad()[0], add,
                                                       sum.data(), gradient.size());
                     });
                   });
}

}  // namespace ravine
