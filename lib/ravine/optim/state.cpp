#include "ravine/optim/state.hpp"

#include <algorithm>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

template <class T>
void restore_arrays(std::string_view owner, const State<T>& own, const State<T>& saved) {
  if (saved.arrays.size() != own.arrays.size() || saved.running.size() != own.running.size())
    throw InputError(text(owner, ": the state has ", saved.arrays.size(), " arrays for ",
                          saved.running.size(), " groups, but ", own.arrays.size(), " for ",
                          own.running.size(), " are needed"));
  const auto same_name = [](const Setting& a, const Setting& b) { return a.name == b.name; };
  for (std::size_t group = 0; group < own.running.size(); ++group)
    if (!std::ranges::equal(own.running[group], saved.running[group], same_name))
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
  for (std::size_t i = 0; i < own.arrays.size(); ++i) {
    Tensor<T> array = own.arrays[i].tensor;
    array.assign(saved.arrays[i].tensor);
  }
}

template void restore_arrays(std::string_view, const State<float>&, const State<float>&);
template void restore_arrays(std::string_view, const State<double>&, const State<double>&);

}  // namespace ravine::optim
