#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ravine/autograd/variable.hpp"

namespace ravine {

/// The functions that stand between the layers of a network.
enum class Activation { identity, relu, leaky_relu, tanh, sigmoid, gelu, softplus };

std::string_view name_of(Activation activation);
std::span<const std::string> activation_names();
/// Throws UnknownName, offering the nearest.
Activation activation_named(std::string_view name);

template <class T>
Variable<T> activate(const Variable<T>& x, Activation activation);

}  // namespace ravine
