#include "ravine/data/row_kernels.hpp"

#include "ravine/tensor/lanes.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine::kernels {

// A row of a few floats is over before memcpy has found out how long it is.
template <class Level>
void gather_floats(const float* matrix, std::size_t columns, std::span<const std::size_t> rows,
                   float* out) {
  for (const std::size_t row : rows) {
    lanes::map(
        out, columns, [](const auto& x) { return x; }, matrix + row * columns);
    out += columns;
  }
}

// Compilers turn this loop into the vector instructions of each level; xsimd has no conversion from
// bytes (benchmarks/kernels/gather_rows.cpp).
template <class Level>
void scale_bytes(const std::uint8_t* __restrict bytes, const float* __restrict scale,
                 const float* __restrict shift, float* __restrict out, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j) out[j] = scale[j] * static_cast<float>(bytes[j]) + shift[j];
}

using Tag = simd::RAVINE_SIMD_LEVEL;
template void gather_floats<Tag>(const float*, std::size_t, std::span<const std::size_t>, float*);
template void scale_bytes<Tag>(const std::uint8_t*, const float*, const float*, float*,
                               std::size_t);

}  // namespace ravine::kernels
