#pragma once

#include "ravine/lab/full_batch.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::lab {

/// H v for the Hessian H of the loss of training, at the layers' weights, and a direction v [p] in
/// the order of `parameters_of` (Pearlmutter, 1994, "Fast exact multiplication by the Hessian",
/// Neural Computation 6): the derivative of the loss along v, written forwards layer by layer as
/// an expression of autograd, has H v as its gradient. No differences are taken, so that kinks do
/// no harm: relu and leaky_relu have the second derivative 0 wherever they have one. Gradients in
/// the parameters are overwritten. Throws ShapeError for another size.
Tensor<double> hessian_product(const Layers& layers, const FullBatch& batch,
                               const Tensor<double>& v);

}  // namespace ravine::lab
