#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ravine/data/dataset.hpp"

namespace ravine::data {

/// What is done about a cell without a value.
enum class Missing {
  error,  // say where it is and stop
  drop,   // leave out the example
  mean    // put the mean of the training part there; an example without a target is left out
};

std::span<const std::string> missing_names();  ///< in the order of the enum
std::string_view name_of(Missing missing);

/// Replaces the gaps (nan) in the features of both parts by the means over `train`, and notes
/// these in both as feature_means, so that files read later get the same. Throws InputError for a
/// feature without any value in `train`.
void fill_missing(TrainTest& parts);

/// The dataset with gaps (nan) replaced by its own feature_means.
Dataset filled(const Dataset& dataset);

}  // namespace ravine::data
