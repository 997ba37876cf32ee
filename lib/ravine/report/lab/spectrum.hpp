#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ravine/data/datasets.hpp"
#include "ravine/data/schema.hpp"
#include "ravine/lab/rounded_columns.hpp"
#include "ravine/lab/spectrum.hpp"
#include "ravine/report/environment.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::report {

/// The curvature of a model's training loss, as it was asked for.
struct SpectrumStudy {
  std::string source;  ///< the name of a dataset, or a path
  data::Task task;
  std::size_t available;  ///< training examples, of which the result may have a part alone
  lab::SpectrumOptions options;
  Environment environment;
  lab::Spectrum result;
  /// Those that reading them as float tells on.
  std::vector<lab::RoundedColumn> rounded = {};
  data::LoadOptions load = {};  ///< as they are read for training, with a test part
  /// Of a linear model: what that leaves to train on, where it is not what was read here.
  std::optional<lab::Spectrum> of_training = {};
};

/// The CSV has a column `curvature`: of a linear model all eigenvalues, of others the Ritz values.
/// Of a model that was trained it has a row a step instead: of a linear one the loss above its
/// minimum, predicted and measured; of others the loss, and the sharpness where it was looked at.
Exhibit spectrum_exhibit(const SpectrumStudy& study);

}  // namespace ravine::report
