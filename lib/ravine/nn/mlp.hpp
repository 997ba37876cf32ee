#pragma once

#include <span>

#include "ravine/autograd/activation.hpp"
#include "ravine/nn/sequential.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::nn {

/// A multilayer perceptron: linear layers of these widths, inputs first and outputs last, with the
/// activation between them. Two widths make a linear model. Throws InputError for fewer.
template <class T = float>
Sequential<T> mlp(std::span<const std::size_t> widths, Activation activation = Activation::relu,
                  Generator& generator = default_generator());

}  // namespace ravine::nn
