#include "data.hpp"

#include <fstream>
#include <stdexcept>

namespace ravine::benchmarks {
namespace {

template <class Number>
std::vector<Number> read_numbers(const std::filesystem::path& file, std::size_t header_bytes) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error(file.string() + ": cannot be opened");
  std::vector<Number> numbers((std::filesystem::file_size(file) - header_bytes) / sizeof(Number));
  in.seekg(static_cast<std::streamoff>(header_bytes));
  in.read(reinterpret_cast<char*>(numbers.data()),
          static_cast<std::streamsize>(numbers.size() * sizeof(Number)));
  return numbers;
}

}  // namespace

Images read_images(const std::filesystem::path& folder) {
  // IDX: four bytes of magic number and four for each extent.
  return {.pixels = read_numbers<std::uint8_t>(folder / "mnist" / "train-images-idx3-ubyte", 16),
          .labels = read_numbers<std::uint8_t>(folder / "mnist" / "train-labels-idx1-ubyte", 8)};
}

std::vector<float> read_airfoil(const std::filesystem::path& folder) {
  return read_numbers<float>(folder / "airfoil.f32", 0);
}

}  // namespace ravine::benchmarks
