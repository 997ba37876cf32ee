#pragma once

#include "ravine/lab/averaging.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// The weights of past gradients, and what the averages make of a constant and a noisy signal.
Exhibit averaging_exhibit(const lab::Averaging& averaging);

}  // namespace ravine::report
