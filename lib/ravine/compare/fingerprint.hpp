#pragma once

#include <cstdint>

#include "ravine/data/dataset.hpp"

namespace ravine::compare {

/// Of all numbers of a dataset as they came, by which it is known again; not of the names.
std::uint64_t fingerprint_of(const data::TrainTest& parts);

}  // namespace ravine::compare
