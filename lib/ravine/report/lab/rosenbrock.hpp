#pragma once

#include "ravine/lab/rosenbrock.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// Every rule's error beside the bound. CSV: step,lower_bound, then a column a rule.
Exhibit rosenbrock_exhibit(const lab::Rosenbrock& result);

}  // namespace ravine::report
