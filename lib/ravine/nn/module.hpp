#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ravine/autograd/variable.hpp"

namespace ravine::nn {

template <class T>
class Module;

/// What a module consists of, named by the path to it: "0.weight" is the weight of the first child.
template <class T>
class Members {
 public:
  /// A tensor that training changes. Throws InputError for a variable that is no parameter.
  void parameter(std::string_view name, const Variable<T>& variable);
  /// A tensor that is saved with the model but not trained.
  void buffer(std::string_view name, const Tensor<T>& tensor) {
    buffers.emplace_back(prefix_ + std::string(name), tensor);
  }
  void child(std::string_view name, Module<T>& module);

  std::vector<std::pair<std::string, std::shared_ptr<Parameter<T>>>> parameters;
  std::vector<std::pair<std::string, Tensor<T>>> buffers;
  std::vector<Module<T>*> modules;

 private:
  std::string prefix_;
};

/// A function with parameters: a layer, or a network of layers. A module of your own derives from
/// this, holds its variables and children as plain members, and names them in `visit`.
template <class T = float>
class Module {
 public:
  using value_type = T;

  Module() = default;
  Module(Module&&) noexcept = default;
  Module& operator=(Module&&) noexcept = default;
  virtual ~Module() = default;

  virtual Variable<T> forward(const Variable<T>& x) = 0;
  Variable<T> operator()(const Variable<T>& x) { return forward(x); }

  /// Names the members to `members`; a module without any need not.
  virtual void visit(Members<T>& /*members*/) {}

  /// Everything below this module, itself included.
  Members<T> members();
  /// The parameters, each named by the path to it.
  Parameters<T> parameters();
  std::size_t parameter_count();

  /// Whether layers that behave otherwise in training (dropout, batch normalisation) do so.
  bool training() const { return training_; }
  /// Sets the mode of this module and all below it.
  void train(bool on = true);
  void eval() { train(false); }

 private:
  bool training_ = true;
};

extern template class Members<float>;
extern template class Members<double>;
extern template class Module<float>;
extern template class Module<double>;

}  // namespace ravine::nn
