#pragma once

#include <filesystem>

#include "ravine/train/model.hpp"

namespace ravine::train {

/// The name of the model inside the folder of a run.
inline constexpr const char* model_file_name = "model.safetensors";

/// Writes a model as one safetensors file: weights as tensors, and architecture, columns, classes
/// and scaling as its metadata. Throws IoError.
void save_model(Model& model, const std::filesystem::path& path);
/// Reads it back, from the file or from the folder of a run. Throws InputError for a file that is
/// missing, broken, or not of a model trained by ravine.
Model load_model(const std::filesystem::path& path);

}  // namespace ravine::train
