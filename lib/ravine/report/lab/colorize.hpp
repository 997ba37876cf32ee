#pragma once

#include "ravine/lab/colorize.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// Both runs with their predictions, and pictures of them. CSV: method,step,f,predicted,palest.
Exhibit colorize_exhibit(const lab::Colorize& result);

}  // namespace ravine::report
