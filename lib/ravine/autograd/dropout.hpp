#pragma once

#include "ravine/autograd/variable.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine {

/// Each element is 0 with the given probability and otherwise x / (1 - probability), so that the
/// mean stays (Srivastava et al., 2014). Throws InputError unless the probability is in [0, 1).
template <class T>
Variable<T> dropout(const Variable<T>& x, double probability,
                    Generator& generator = default_generator());

}  // namespace ravine
