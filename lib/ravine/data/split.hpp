#pragma once

#include <cstdint>

#include "ravine/data/dataset.hpp"

namespace ravine::data {

/// A random part of the examples set aside, the same for the same seed: `fraction` of them are in
/// `test`. For classification each class is divided in that proportion, and one with two or more
/// examples is in both parts. Throws InputError for a fraction outside (0, 1) or an empty part.
TrainTest split(const Dataset& dataset, double fraction, std::uint64_t seed);

}  // namespace ravine::data
