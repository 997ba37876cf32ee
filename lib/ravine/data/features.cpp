#include "ravine/data/features.hpp"

#include <algorithm>

#include "ravine/data/row_kernels.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::data {

Features::Features(Tensor<float> values) {
  if (values.rank() != 2)
    throw ShapeError(
        text("features: shape [examples, features] is expected, not ", values.shape()));
  rows_ = values.shape()[0];
  columns_ = values.shape()[1];
  floats_ = std::move(values);
}

Features::Features(Bytes bytes, std::size_t columns, float scale) : columns_(columns) {
  if (columns == 0 || bytes.size() % columns != 0)
    throw ShapeError(
        text("features: ", bytes.size(), " bytes do not make rows of ", columns, " columns"));
  rows_ = bytes.size() / columns;
  bytes_ = std::make_shared<const Bytes>(std::move(bytes));
  of_bytes_ = std::make_shared<const Columns>(
      Columns{std::vector<float>(columns, scale), std::vector<float>(columns, 0.0F)});
}

void Features::check(std::span<const std::size_t> rows) const {
  for (const std::size_t row : rows)
    if (row >= rows_)
      throw ShapeError(text("features: row ", row, " does not exist, there are ", rows_));
}

void Features::scale_row(std::size_t row, float* out) const {
  simd::dispatch([&](auto level) {
    kernels::scale_bytes<decltype(level)>(bytes_->data() + row * columns_, of_bytes_->scale.data(),
                                          of_bytes_->shift.data(), out, columns_);
  });
}

/// Rows of a shuffled epoch are far apart: without this, waiting for memory takes most of the time.
void Features::prefetch(std::size_t row) const {
  constexpr std::size_t cache_line = 64;
  const std::uint8_t* bytes = bytes_->data() + row * columns_;
  for (std::size_t j = 0; j < columns_; j += cache_line) __builtin_prefetch(bytes + j);
}

void Features::gather_here(std::span<const std::size_t> rows, float* out) const {
  if (!held_as_bytes())
    return simd::dispatch([&](auto level) {
      kernels::gather_floats<decltype(level)>(floats_.data(), columns_, rows, out);
    });
  constexpr std::size_t rows_ahead = 2;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + rows_ahead < rows.size()) prefetch(rows[i + rows_ahead]);
    scale_row(rows[i], out + i * columns_);
  }
}

void Features::gather(std::span<const std::size_t> rows, float* out) const {
  check(rows);
  constexpr std::size_t least_elements = 16384;
  const std::size_t parts = parallel::parts_for(rows.size() * columns_, least_elements);
  parallel::run(parts, [&](std::size_t part) {
    const auto [begin, end] = parallel::part_of(rows.size(), parts, part);
    gather_here(rows.subspan(begin, end - begin), out + begin * columns_);
  });
}

Tensor<float> Features::floats() const {
  if (!held_as_bytes()) return floats_;
  auto values = Tensor<float>::uninitialized({rows_, columns_});
  for (std::size_t row = 0; row < rows_; ++row) scale_row(row, values.data() + row * columns_);
  return values;
}

Features Features::subset(std::span<const std::size_t> rows) const {
  check(rows);
  Features part = *this;
  part.rows_ = rows.size();
  if (held_as_bytes()) {
    Bytes bytes(rows.size() * columns_);
    auto out = bytes.begin();
    for (const std::size_t row : rows)
      out = std::copy_n(bytes_->data() + row * columns_, columns_, out);
    part.bytes_ = std::make_shared<const Bytes>(std::move(bytes));
  } else {
    part.floats_ = Tensor<float>::uninitialized({rows.size(), columns_});
    gather(rows, part.floats_.data());
  }
  return part;
}

Features Features::rescaled(std::span<const double> center, std::span<const double> spread) const {
  if (center.size() != columns_ || spread.size() != columns_)
    throw ShapeError(text("features: ", center.size(), " centers and ", spread.size(),
                          " spreads do not fit ", columns_, " columns"));
  Features result = *this;
  if (held_as_bytes()) {
    Columns columns = *of_bytes_;
    for (std::size_t j = 0; j < columns_; ++j) {
      columns.scale[j] = static_cast<float>(of_bytes_->scale[j] / spread[j]);
      columns.shift[j] = static_cast<float>((of_bytes_->shift[j] - center[j]) / spread[j]);
    }
    result.of_bytes_ = std::make_shared<const Columns>(std::move(columns));
    return result;
  }
  result.floats_ = Tensor<float>::uninitialized({rows_, columns_});
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j < columns_; ++j) {
      const std::size_t at = i * columns_ + j;
      result.floats_[at] = static_cast<float>((floats_[at] - center[j]) / spread[j]);
    }
  return result;
}

}  // namespace ravine::data
