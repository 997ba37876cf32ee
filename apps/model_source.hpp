#pragma once

#include <filesystem>
#include <string>

#include "command_line.hpp"
#include "ravine/data/datasets.hpp"

namespace ravine::apps {

/// A trained model and what it is used on.
struct ModelSource {
  std::filesystem::path model;
  std::string data;
  std::optional<double> test_fraction;
  data::Missing missing = data::Missing::error;
};

void declare(Options& options, ModelSource& source);
/// How the data are read: what is not given is as it was in training, so that the test part of a
/// dataset holds nothing that the model was trained on.
data::LoadOptions load_options(const ModelSource& source, const Common& common);

}  // namespace ravine::apps
