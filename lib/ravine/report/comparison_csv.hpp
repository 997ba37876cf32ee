#pragma once

#include <string>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// What results.csv holds: a row for each optimizer on each dataset, numbers in the shortest text
/// that reads back as the same, empty where there is none. The columns are named as in the JSON
/// document, with its levels joined: `test_accuracy_mean`.
std::string comparison_csv(const Results& results);

}  // namespace ravine::report
