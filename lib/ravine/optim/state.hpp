#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/rule.hpp"
#include "ravine/optim/setting.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::optim {

/// One array of an optimizer's state.
template <class T>
struct StateEntry {
  std::string slot;       ///< such as "m"
  std::string parameter;  ///< such as "0.weight"
  Tensor<T> tensor;       ///< of the parameter's shape
};

/// All that an optimizer knows besides parameters and hyper-parameters: what there is to save.
template <class T>
struct State {
  std::string rule;                   ///< whose state it is
  Step steps = 0;                     ///< taken so far
  std::vector<Settings> running;      ///< by group, numbers that change with each step
  std::vector<StateEntry<T>> arrays;  ///< by slot and then by parameter
};

/// A state with arrays of its own.
template <class T>
State<T> copy(const State<T>& state);
/// Throws InputError unless both are of one rule, with the same slots, parameters, shapes and
/// numbers.
template <class T>
void check_same_layout(const State<T>& own, const State<T>& saved);
/// Copies the elements of the arrays of a state of the same layout.
template <class T>
void copy_arrays(const State<T>& from, const State<T>& to);

}  // namespace ravine::optim
