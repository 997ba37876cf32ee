#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

// The examples that all programs train on, in a folder of their own: MNIST as the four files of the
// original, not compressed, and airfoil.f32, rows of floats [n, 6], standardised, the target last.

namespace ravine::benchmarks {

constexpr std::size_t pixels = 784;
constexpr std::size_t airfoil_features = 5;

struct Images {
  std::vector<std::uint8_t> pixels;  // [n, 784]
  std::vector<std::uint8_t> labels;  // [n]
};

/// MNIST's training part.
Images read_images(const std::filesystem::path& folder);
/// [n, 6].
std::vector<float> read_airfoil(const std::filesystem::path& folder);

}  // namespace ravine::benchmarks
