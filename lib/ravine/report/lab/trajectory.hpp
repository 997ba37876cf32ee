#pragma once

#include "ravine/report/exhibit.hpp"
#include "ravine/report/lab/descent.hpp"

namespace ravine::report {

/// One optimizer on a function: a table of some twenty steps, evenly spread, the first and the last
/// among them; all steps in the CSV, `step,w1,...,wn,f`, with 17 digits.
Exhibit trajectory_exhibit(const Descent& descent);

}  // namespace ravine::report
