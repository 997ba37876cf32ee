#include "export_data.hpp"

#include <cstdint>
#include <fstream>
#include <span>
#include <stdexcept>

#include "../data.hpp"
#include "ravine/data/catalog.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/data/idx.hpp"
#include "ravine/data/shipped.hpp"
#include "ravine/data/standardizer.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::benchmarks {
namespace {

namespace fs = std::filesystem;

template <class Number>
void write(std::ofstream& out, std::span<const Number> numbers) {
  out.write(reinterpret_cast<const char*>(numbers.data()),
            static_cast<std::streamsize>(numbers.size_bytes()));
  if (!out) throw std::runtime_error("the benchmarks' data could not be written");
}

/// IDX: 0, 0, the type (8: bytes), the rank, then the extents with their highest byte first.
void write_idx(const fs::path& file, const data::IdxArray& array) {
  std::vector<std::uint8_t> header{0, 0, 8, static_cast<std::uint8_t>(array.extents.size())};
  for (const std::size_t extent : array.extents)
    for (const unsigned shift : {24U, 16U, 8U, 0U})
      header.push_back(static_cast<std::uint8_t>(extent >> shift));
  std::ofstream out(file, std::ios::binary);
  write<std::uint8_t>(out, header);
  write<std::uint8_t>(out, array.bytes);
}

data::IdxArray made_up(std::vector<std::size_t> extents, std::size_t values) {
  std::size_t size = 1;
  for (const std::size_t extent : extents) size *= extent;
  data::IdxArray array{.extents = std::move(extents), .bytes = {}};
  array.bytes.resize(size);
  Generator generator(1);
  for (auto& byte : array.bytes) byte = static_cast<std::uint8_t>(generator.below(values));
  return array;
}

/// Returns whether these are MNIST.
bool export_images(const fs::path& folder) {
  fs::create_directories(folder);
  const data::CatalogEntry& mnist = *data::find_in_catalog("mnist");
  if (const auto found = data::find_folder(mnist, {})) {
    for (const std::string& name : mnist.files)
      write_idx(folder / fs::path(name).filename(),
                data::read_idx_array(data::file_in(*found, name)));
    return true;
  }
  const auto write_part = [&](const std::string& part, std::size_t examples) {
    write_idx(folder / (part + "-images-idx3-ubyte"), made_up({examples, 28, 28}, 256));
    write_idx(folder / (part + "-labels-idx1-ubyte"), made_up({examples}, 10));
  };
  write_part("train", mnist.train_examples);
  write_part("t10k", mnist.test_examples);
  return false;
}

void write_rows(const fs::path& file, const Tensor<float>& x, const Tensor<float>& y) {
  std::ofstream out(file, std::ios::binary);
  for (std::size_t row = 0; row < y.size(); ++row) {
    write<float>(out, {x.data() + row * airfoil_features, airfoil_features});
    write<float>(out, {y.data() + row, 1});
  }
}

/// Returns whether these are the airfoil's.
bool export_airfoil(const fs::path& file) try {
  const data::Dataset raw = data::load("airfoil").train;
  const data::Dataset train =
      standardize_target(standardize_features(raw, data::fit_features(raw)), data::fit_target(raw));
  write_rows(file, train.features.floats(), train.targets);
  return true;
} catch (const InputError&) {
  constexpr std::size_t rows = 1202;
  auto x = Tensor<float>::uninitialized({rows, airfoil_features});
  auto y = Tensor<float>::uninitialized({rows});
  Generator generator(1);
  fill_normal(x, 0, 1, generator);
  fill_normal(y, 0, 1, generator);
  write_rows(file, x, y);
  return false;
}

}  // namespace

std::vector<std::string> export_data(const fs::path& folder) {
  std::vector<std::string> notes;
  if (!export_images(folder / "mnist"))
    notes.emplace_back("MNIST was not found; random bytes of its shape stand for it.");
  if (!export_airfoil(folder / "airfoil.f32"))
    notes.emplace_back("The airfoil data were not found; random numbers stand for them.");
  return notes;
}

}  // namespace ravine::benchmarks
