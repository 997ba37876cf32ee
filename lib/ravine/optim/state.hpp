#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/rule.hpp"
#include "ravine/optim/setting.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::optim {

/// One array of an optimizer's state. `tensor` is a handle to the array itself.
template <class T>
struct StateEntry {
  std::string slot;       ///< such as "m"
  std::string parameter;  ///< such as "0.weight"
  Tensor<T> tensor;       ///< of the parameter's shape
};

/// All that an optimizer knows besides parameters and hyper-parameters: what there is to save.
template <class T>
struct State {
  Step steps = 0;                     ///< taken so far
  std::vector<Settings> running;      ///< by group, numbers that change with each step
  std::vector<StateEntry<T>> arrays;  ///< by slot and then by parameter
};

/// Copies the arrays of a saved state into an owner's own, which are of the same slots, parameters
/// and shapes. Throws InputError where they are not; nothing is changed then.
template <class T>
void restore_arrays(std::string_view owner, const State<T>& own, const State<T>& saved);

}  // namespace ravine::optim
