#pragma once

#include "ravine/report/exhibit.hpp"
#include "ravine/report/lab/descent.hpp"

namespace ravine::report {

/// Several optimizers on a function: where each ends, and, on a surface whose minimum is known, the
/// step from which on it is close; all steps in the CSV, `optimizer,step,w1,...,wn,f`, with 17
/// digits.
Exhibit trajectories_exhibit(const Descent& descent);

}  // namespace ravine::report
