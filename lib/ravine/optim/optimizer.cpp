#include "ravine/optim/optimizer.hpp"

#include <algorithm>
#include <utility>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

template <class T>
void check_parameters(std::string_view rule, const Parameters<T>& parameters) {
  if (parameters.empty())
    throw InputError(text(rule, ": there is no parameter to optimize; give at least one"));
  auto sorted = parameters;
  std::ranges::sort(sorted);
  if (sorted.front() == nullptr)
    throw InputError(text(rule, ": a parameter is null; each must point to a Parameter"));
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice != sorted.end())
    throw InputError(text(rule, ": parameter '", (*twice)->name,
                          "' is given twice; a tensor that is shared must be given once"));
}

}  // namespace

template <class T>
Optimizer<T>::Optimizer(const About& about, std::span<const char* const> slots,
                        Parameters<T> parameters)
    : about_(about), slots_(slots), parameters_(std::move(parameters)) {
  check_parameters(name(), parameters_);
  arrays_.reserve(parameters_.size());
  state_.reserve(parameters_.size() * slots_.size());
  for (const auto& parameter : parameters_)
    for (std::size_t slot = 0; slot < slots_.size(); ++slot)
      state_.push_back(Tensor<T>::zeros(parameter->value.shape()));
}

template <class T>
void Optimizer<T>::zero_grad() {
  for (const auto& parameter : parameters_) parameter->has_grad = false;
}

template <class T>
void Optimizer<T>::step() {
  arrays_.clear();
  for (std::size_t p = 0; p < parameters_.size(); ++p) {
    Parameter<T>& parameter = *parameters_[p];
    if (!parameter.has_grad) continue;
    const std::span state = std::span(state_).subspan(p * slots_.size(), slots_.size());
    const auto differs = [&](const Tensor<T>& t) { return t.size() != parameter.value.size(); };
    if (differs(parameter.grad) || std::ranges::any_of(state, differs))
      throw ShapeError(text(name(), ": parameter '", parameter.name, "' of shape ",
                            parameter.value.shape(), " has a gradient of shape ",
                            parameter.grad.shape(),
                            "; both must keep the shape the optimizer was made with"));
    Arrays<T>& arrays = arrays_.emplace_back();
    arrays.value = parameter.value.data();
    arrays.grad = parameter.grad.data();
    arrays.size = parameter.value.size();
    std::ranges::transform(state, arrays.state.begin(), [](Tensor<T>& t) { return t.data(); });
  }
  update(steps_ + 1, arrays_);
  ++steps_;
}

template <class T>
std::vector<StateEntry<T>> Optimizer<T>::state() const {
  std::vector<StateEntry<T>> entries;
  for (std::size_t p = 0; p < parameters_.size(); ++p)
    for (std::size_t slot = 0; slot < slots_.size(); ++slot)
      entries.push_back({.slot = slots_[slot],
                         .parameter = parameters_[p]->name,
                         .tensor = state_[p * slots_.size() + slot]});
  return entries;
}

template <class T>
Tensor<T> Optimizer<T>::state(std::string_view slot, std::string_view parameter) const {
  std::vector<std::string> known;
  for (const StateEntry<T>& entry : state()) {
    if (entry.slot == slot && entry.parameter == parameter) return entry.tensor;
    known.push_back(text(entry.slot, " of ", entry.parameter));
  }
  const std::string wanted = text(slot, " of ", parameter);
  throw UnknownName(text(name(), ": no state '", wanted, "'", suggestion(wanted, known)));
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace ravine::optim
