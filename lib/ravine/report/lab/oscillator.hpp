#pragma once

#include "ravine/lab/oscillator.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// The motion beside momentum's steps, and the speed-up over the curvature.
Exhibit oscillator_exhibit(const lab::Oscillator& oscillator);

}  // namespace ravine::report
