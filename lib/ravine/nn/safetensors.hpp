#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "ravine/nn/module.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::nn {

/// The contents of a safetensors file: named tensors and a table of text about them.
template <class T>
struct TensorFile {
  std::vector<std::pair<std::string, Tensor<T>>> tensors;
  std::map<std::string, std::string> metadata;
};

/// Writes a safetensors file, beside the place first and then renamed, so that no half file is
/// left. Text that is not UTF-8 is written with U+FFFD in its place, so that no model is lost for a
/// label. Throws IoError, and InputError for two tensors of one name.
template <class T>
void write_safetensors(const TensorFile<T>& file, const std::filesystem::path& path);
/// Reads tensors of 32- and 64-bit floats, converted to T. What is allocated is bounded by the
/// bytes that are there. Throws InputError for a file that is missing or not of this format.
template <class T>
TensorFile<T> read_safetensors(const std::filesystem::path& path);

/// Copies tensors into a module's parameters and buffers by name. Throws InputError naming `origin`
/// and what is missing, superfluous or of another shape, before anything is changed.
template <class T>
void assign_tensors(Module<T>& module, const TensorFile<T>& file, const std::string& origin);
template <class T>
TensorFile<T> tensors_of(Module<T>& module);

}  // namespace ravine::nn

namespace ravine {

/// Writes a model's parameters and buffers as a safetensors file. Throws IoError.
template <class T>
void save(nn::Module<T>& model, const std::filesystem::path& path);
/// Reads them back into a model of the same layout. Throws InputError.
template <class T>
void load(nn::Module<T>& model, const std::filesystem::path& path);

}  // namespace ravine
