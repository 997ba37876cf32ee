#pragma once

#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "ravine/nn/activations.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/nn/module.hpp"

namespace ravine::nn {

/// Modules one after another, named "0", "1", and so on.
template <class T = float>
class Sequential final : public Module<T> {
 public:
  Sequential() = default;
  /// Takes the modules over: `Sequential model{Linear(64, 32), ReLU(), Linear(32, 10)}`.
  template <class... Modules>
  requires(std::is_base_of_v<Module<T>, Modules>&&...) explicit Sequential(Modules... modules) {
    (add(std::move(modules)), ...);
  }

  template <class Added>
  requires std::is_base_of_v<Module<T>, Added>
  void add(Added module) { append(std::make_unique<Added>(std::move(module))); }

  Variable<T> forward(const Variable<T>& x) override;
  void visit(Members<T>& members) override;

 private:
  /// A module, and what is known of it: a linear layer takes the activation that follows it along,
  /// which saves a pass over its output.
  struct Stage {
    std::unique_ptr<Module<T>> module;
    const Linear<T>* linear = nullptr;
    const Activate<T>* activation = nullptr;
  };

  void append(std::unique_ptr<Module<T>> module);

  std::vector<Stage> stages_;
};

template <class First, class... Rest>
Sequential(First, Rest...) -> Sequential<typename First::value_type>;

extern template class Sequential<float>;
extern template class Sequential<double>;

}  // namespace ravine::nn
