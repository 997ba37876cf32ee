#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/neighbours.hpp"
#include "ravine/optim/setting.hpp"
#include "ravine/optim/update.hpp"
#include "ravine/tensor/parameter.hpp"

namespace ravine::optim {

/// One array of an optimizer's state. `tensor` is a handle to the array itself: assigning to its
/// elements restores a saved state.
template <class T>
struct StateEntry {
  std::string_view slot;       ///< such as "m"
  std::string_view parameter;  ///< such as "0.weight"
  Tensor<T> tensor;            ///< of the parameter's shape
};

/// Moves parameters against their gradients by some rule. This base owns what is the same for
/// every rule: the parameters, the count of steps and the state.
///
/// Small parameters are laid side by side when an optimizer is made: their values move to other
/// memory then, unless another tensor shares them.
template <class T>
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// The rule's name in the registry.
  std::string_view name() const { return about_.name; }
  const Parameters<T>& parameters() const { return parameters_; }

  /// Forgets all gradients: the next backward pass starts new ones.
  void zero_grad();
  /// The Euclidean norm of all gradients together; not finite where one of them is not. Throws
  /// ShapeError as `step` does.
  double gradient_norm();
  /// Updates every parameter that has a gradient and leaves the others alone. Allocates nothing.
  /// Throws ShapeError when a value or gradient is no longer of the size it had.
  void step();

  /// Every hyper-parameter with its value, in the order of the rule's table.
  virtual Settings hyperparameters() const = 0;
  /// A hyper-parameter by name. Throws UnknownName.
  virtual Value get(std::string_view name) const = 0;
  /// Changes a hyper-parameter from the next step on. Throws UnknownName, or InputError for a
  /// value that the rule does not allow.
  virtual void set(std::string_view name, Value value) = 0;

  /// The steps taken so far. With the state and the hyper-parameters, this is all there is to save.
  Step steps() const { return steps_; }
  void set_steps(Step steps) { steps_ = steps; }
  /// Every array of state, by parameter and then by slot.
  std::vector<StateEntry<T>> state() const;
  /// One array of state, by name. Throws UnknownName.
  Tensor<T> state(std::string_view slot, std::string_view parameter) const;
  /// Bytes of state kept for each element of a parameter.
  std::size_t state_bytes_per_parameter() const { return slots_.size() * sizeof(T); }

 protected:
  /// Throws InputError when there are no parameters, or one is null or given twice.
  Optimizer(const About& about, std::span<const char* const> slots, Parameters<T> parameters);

 private:
  /// One update of all that is given; `step` is 1 for the first. Called by several threads at once,
  /// each with arrays of its own.
  virtual void update(Step step, std::span<const Arrays<T>> arrays) const = 0;

  /// Fills `arrays_` with what has a gradient. Throws ShapeError; see `step`.
  void collect();
  /// Calls `work(part, arrays)` for the parts that the arrays are cut into, at once; returns how
  /// many there were.
  template <class Work>
  std::size_t for_each_part(Work work);

  About about_;
  std::span<const char* const> slots_;
  Parameters<T> parameters_;
  std::vector<Home<T>> homes_;    // of the parameters
  std::vector<Tensor<T>> state_;  // of slot s, parameter p: [s * parameters + p]
  // Of the step under way, kept for their memory: neighbours in one piece, and then cut into parts.
  std::vector<Arrays<T>> arrays_;
  std::vector<Arrays<T>> pieces_;
  Step steps_ = 0;
};

extern template class Optimizer<float>;
extern template class Optimizer<double>;

}  // namespace ravine::optim
