#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ravine/data/bytes.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::data {

/// A matrix [n, f] of what is known about n examples: floats, or bytes that become floats when
/// they are gathered into a batch (MNIST is 47 MB as bytes and 188 MB as floats).
///
/// Copies share the numbers, which never change; reading from several threads is safe.
class Features {
 public:
  Features() = default;
  /// [n, f]. Throws ShapeError for another rank.
  explicit Features(Tensor<float> values);
  /// Rows of `columns` bytes; each byte stands for scale * byte. Throws ShapeError unless the
  /// bytes make whole rows.
  Features(Bytes bytes, std::size_t columns, float scale);

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  bool held_as_bytes() const { return bytes_ != nullptr; }

  /// Writes the rows of the given indices one after another to `out`, [rows.size(), f].
  /// Throws ShapeError for an index past the end.
  void gather(std::span<const std::size_t> rows, float* out) const;
  /// The whole matrix as floats [n, f]; shared, not copied, when it is held as floats.
  Tensor<float> floats() const;
  Features subset(std::span<const std::size_t> rows) const;
  /// Column j as (x - center[j]) / spread[j]; bytes stay bytes. Throws ShapeError unless there is
  /// one of each a column.
  Features rescaled(std::span<const double> center, std::span<const double> spread) const;

 private:
  /// Column j of a byte b is scale[j] * b + shift[j].
  struct Columns {
    std::vector<float> scale;
    std::vector<float> shift;
  };

  void check(std::span<const std::size_t> rows) const;
  void prefetch(std::size_t row) const;
  void scale_row(std::size_t row, float* out) const;
  void gather_here(std::span<const std::size_t> rows, float* out) const;

  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  Tensor<float> floats_;
  std::shared_ptr<const Bytes> bytes_;
  std::shared_ptr<const Columns> of_bytes_;
};

}  // namespace ravine::data
