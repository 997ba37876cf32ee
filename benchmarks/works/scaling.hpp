#pragma once

#include <string>
#include <vector>

#include "works.hpp"

namespace ravine::benchmarks {

/// A race for every power of 2 among the batch sizes 1 to 4096 of W1's network, and among the
/// widths 8 to 4096 of 784-w-w-10 with batch 64; the subject's condition is the number.
std::vector<Race> scaling_races(const Course& course);

/// `series,at,floor,ravine`: nanoseconds an example.
std::string scaling_csv(const std::vector<Race>& races);

}  // namespace ravine::benchmarks
