#pragma once

#include <string>

#include "ravine/report/lr_find.hpp"

namespace ravine::report {

/// A range test as one HTML file, with its curve and the suggestion.
std::string lr_find_page(const RangeTest& test);

}  // namespace ravine::report
