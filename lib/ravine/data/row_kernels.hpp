#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace ravine::kernels {

/// The rows of a matrix of `columns` columns, one after another.
template <class Level>
void gather_floats(const float* matrix, std::size_t columns, std::span<const std::size_t> rows,
                   float* out);
/// out[j] = scale[j] * bytes[j] + shift[j].
template <class Level>
void scale_bytes(const std::uint8_t* bytes, const float* scale, const float* shift, float* out,
                 std::size_t n);

}  // namespace ravine::kernels
