#pragma once

#include "ravine/lab/quadratic.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// Prediction and run of a quadratic, by eigenspace. CSV: step, error, closed_form_error, then of
/// each component its share of the error in the run and in closed form.
Exhibit quadratic_exhibit(const lab::Quadratic& result);

}  // namespace ravine::report
