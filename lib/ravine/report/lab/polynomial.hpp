#pragma once

#include "ravine/lab/polynomial.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// Eigenfeatures, how descent learns them, and early stopping beside Tikhonov's regularisation.
/// CSV: step,f, then share_i and predicted_i of each eigenspace from 1.
Exhibit polynomial_exhibit(const lab::Polynomial& result);

}  // namespace ravine::report
