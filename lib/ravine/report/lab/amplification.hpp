#pragma once

#include "ravine/lab/amplification.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// What each rule makes of the second of two gradients: at a point, along a line and as maps. The
/// document and the CSV are of the rule that was asked for.
Exhibit amplification_exhibit(const lab::Amplification& amplification);

}  // namespace ravine::report
