#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ravine/report/lab/spectrum.hpp"

// What a study of curvature says in words, and the names that its parts go by.

namespace ravine::report {

inline constexpr const char* descent_label = "gradient descent";
/// As the rule is called.
std::string momentum_label();

/// Of a run, those steps after which the loss was higher than before, from 1.
std::vector<std::size_t> steps_uphill(const lab::SharpnessPath& path);

/// `digits, mlp 64-32-10 tanh: 1,797 examples, 2,410 parameters`.
std::string spectrum_title(const SpectrumStudy& study);
/// Sentences, a paragraph a line.
std::string spectrum_findings(const SpectrumStudy& study);

}  // namespace ravine::report
