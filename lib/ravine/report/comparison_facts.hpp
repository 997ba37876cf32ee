#pragma once

#include <span>
#include <string>

#include "ravine/report/comparison.hpp"

// What was compared, and how, in a line each.

namespace ravine::report {

/// "1,150 training, 288 validation, 359 test examples; target 'digit'; mlp 64-32-10 relu".
std::string data_line(const compare::DataFacts& facts, const compare::Options& options);
/// "16 trials each (quasi); 20 of adam, whose space was widened; selected on the validation part;
/// then 5 fresh seeds, from 1; 20 epochs of batches of 32".
std::string protocol_line(const compare::Options& options,
                          std::span<const compare::Comparison> comparisons);
/// "a cpu; BLAS core Haswell; avx2; 2 runs side by side on a thread each; ravine 0.1.0".
std::string machine_line(const Results& results);

}  // namespace ravine::report
