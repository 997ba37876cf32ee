#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ravine/data/bytes.hpp"
#include "ravine/data/labelled_arrays.hpp"

namespace ravine::data {

/// The numbers of an array in row-major order, as they are in the file.
struct NpyArray {
  std::vector<std::size_t> extents;
  /// NumPy's name of the type without the byte order: u1 i1 b1 i2 u2 i4 u4 i8 u8 f4 f8.
  std::string type;
  Bytes bytes;

  /// Throws InputError for a number that is not finite, starting with `where`.
  std::vector<double> numbers(const std::string& where) const;
};

/// A file in NumPy's NPY format, versions 1 to 3 (NumPy Enhancement Proposal 1), little endian,
/// gzipped or not; an array in Fortran order is brought into row-major order. Throws InputError if
/// it is not one, has another type of elements, or is shorter or longer than its header says.
NpyArray read_npy_array(const std::filesystem::path& path);

/// Features [n, ...], with the labels [n] or [n, 1] beside them, if there are any. Elements of
/// type u1 are pixels: they stay bytes and stand for byte / 255. Throws InputError as above, for
/// features of rank 1, labels of another rank, or counts that differ.
LabelledArrays read_npy(const std::filesystem::path& features);

}  // namespace ravine::data
