#include "ravine/optim/state.hpp"

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

template <class T>
State<T> copy(const State<T>& state) {
  State<T> result = state;
  for (StateEntry<T>& entry : result.arrays) entry.tensor = entry.tensor.clone();
  return result;
}

template <class T>
void check_same_layout(const State<T>& own, const State<T>& saved) {
  const std::string& owner = own.rule;
  if (saved.rule != owner)
    throw InputError(text(owner, ": the state is one of ", saved.rule, ", not of ", owner));
  if (saved.arrays.size() != own.arrays.size() || saved.running.size() != own.running.size())
    throw InputError(text(owner, ": the state has ", saved.arrays.size(), " arrays and ",
                          saved.running.size(), " groups; ", own.arrays.size(), " and ",
                          own.running.size(), " are needed"));
  for (std::size_t group = 0; group < own.running.size(); ++group)
    if (!same_names(own.running[group], saved.running[group]))
      throw InputError(text(owner, ": the state of group ", group, " has the numbers '",
                            joined(saved.running[group]), "' where '", joined(own.running[group]),
                            "' are needed"));
  for (std::size_t i = 0; i < own.arrays.size(); ++i) {
    const StateEntry<T>&ours = own.arrays[i], &theirs = saved.arrays[i];
    if (ours.slot != theirs.slot || ours.parameter != theirs.parameter ||
        ours.tensor.shape() != theirs.tensor.shape())
      throw InputError(text(owner, ": the state has ", theirs.slot, " of '", theirs.parameter, "' ",
                            theirs.tensor.shape(), " where ", ours.slot, " of '", ours.parameter,
                            "' ", ours.tensor.shape(), " is needed"));
  }
}

template <class T>
void copy_arrays(const State<T>& from, const State<T>& to) {
  for (std::size_t i = 0; i < to.arrays.size(); ++i) {
    Tensor<T> array = to.arrays[i].tensor;  // a handle
    array.assign(from.arrays[i].tensor);
  }
}

template State<float> copy(const State<float>&);
template State<double> copy(const State<double>&);
template void check_same_layout(const State<float>&, const State<float>&);
template void check_same_layout(const State<double>&, const State<double>&);
template void copy_arrays(const State<float>&, const State<float>&);
template void copy_arrays(const State<double>&, const State<double>&);

}  // namespace ravine::optim
