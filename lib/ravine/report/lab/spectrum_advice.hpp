#pragma once

#include <optional>
#include <string>

#include "ravine/report/lab/spectrum.hpp"

// What to train with, by a study of curvature.

namespace ravine::report {

/// Where a run's loss rose above its start's with the sharpness above its limit: the learning rate
/// that has the highest sharpness for its limit.
std::optional<double> calmer_lr(const lab::SharpnessPath& path);

/// A paragraph that ends with the command which trains at the settings found, all examples in each
/// step: of a linear model those with momentum; of a network the better of its runs, or gradient
/// descent where there is none. Empty where no run stayed finite.
std::string advice(const SpectrumStudy& study);

}  // namespace ravine::report
