#include "ravine/nn/module.hpp"

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::nn {

template <class T>
void Members<T>::parameter(std::string_view name, const Variable<T>& variable) {
  std::string path = prefix_ + std::string(name);
  if (!variable.parameter())
    throw InputError(text("module: '", path, "' is no parameter (make it by ravine::parameter)"));
  parameters.emplace_back(std::move(path), variable.parameter());
}

template <class T>
void Members<T>::child(std::string_view name, Module<T>& module) {
  const std::size_t length = prefix_.size();
  prefix_ += std::string(name) + '.';
  modules.push_back(&module);
  module.visit(*this);
  prefix_.resize(length);
}

template <class T>
Members<T> Module<T>::members() {
  Members<T> result;
  result.modules.push_back(this);
  visit(result);
  return result;
}

template <class T>
Parameters<T> Module<T>::parameters() {
  Parameters<T> result;
  for (auto& [name, parameter] : members().parameters) {
    parameter->name = name;
    result.push_back(parameter);
  }
  return result;
}

template <class T>
std::size_t Module<T>::parameter_count() {
  std::size_t count = 0;
  for (const auto& [name, parameter] : members().parameters) count += parameter->value.size();
  return count;
}

template <class T>
void Module<T>::train(bool on) {
  for (Module* module : members().modules) module->training_ = on;
}

template class Members<float>;
template class Members<double>;
template class Module<float>;
template class Module<double>;

}  // namespace ravine::nn
