#pragma once

#include <span>
#include <string>

#include "ravine/data/datasets.hpp"

namespace ravine::report {

/// What `ravine data list` prints: a line a dataset, with where it is or how to get it.
std::string dataset_list(std::span<const data::Listing> listings);
/// The same as JSON.
std::string datasets_json(std::span<const data::Listing> listings);

}  // namespace ravine::report
