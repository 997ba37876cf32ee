#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace ravine::benchmarks {

/// Writes the examples that all programs train on into `folder`, in the form of ../data.hpp. Where
/// MNIST or airfoil are not found, random numbers of their shape stand for them. Returns a sentence
/// for each of those.
std::vector<std::string> export_data(const std::filesystem::path& folder);

}  // namespace ravine::benchmarks
