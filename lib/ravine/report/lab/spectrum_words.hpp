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
/// A sentence on columns that float has taken digits from; none where there are none.
std::string rounding_text(const SpectrumStudy& study);
/// A number below 1, which 1 is never shown for: `0.9957`, `1 - 9.1e-06`.
std::string below_one(double number);
/// Sentences, a paragraph a line.
std::string spectrum_findings(const SpectrumStudy& study);

}  // namespace ravine::report
