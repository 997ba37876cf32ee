#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "ravine/data/bytes.hpp"
#include "ravine/data/labelled_arrays.hpp"

namespace ravine::data {

/// An array of bytes, its first axis the examples.
struct IdxArray {
  std::vector<std::size_t> extents;
  Bytes bytes;
};

/// A file in the format of the MNIST database (LeCun, Cortes and Burges, "The MNIST database",
/// section "File formats"), gzipped or not. Throws InputError if it is not one, holds other
/// elements than bytes, or is shorter or longer than its header says.
IdxArray read_idx_array(const std::filesystem::path& path);

/// Images, as bytes that stand for byte / 255, with the labels beside them, if there are any.
/// Throws InputError as above, for images of rank 1, labels of another, or counts that differ.
LabelledArrays read_idx(const std::filesystem::path& images);

}  // namespace ravine::data
