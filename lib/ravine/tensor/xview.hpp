#pragma once

#include <array>
#include <cstddef>
#include <xtensor/xadapt.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xoperation.hpp>
#include <xtensor/xtensor.hpp>

// Raw elements as xtensor sees them: adaptors of fixed rank, which own nothing and allocate
// nothing. Internal to the library: it brings in xtensor.

namespace ravine::xview {

/// [n].
template <class T>
auto flat(T* data, std::size_t n) {
  return xt::adapt(data, n, xt::no_ownership(), std::array<std::size_t, 1>{n});
}

/// out = expression, by whole vectors: the loop that xt::noalias ends in for rows without gaps. It
/// is named here because noalias also brings in the loops that rows never take, which doubles the
/// time to compile, and because it falls back to single elements, silently, where a function has no
/// vector form (as xt::sign has none); this does not compile then.
template <class Out, class Expression>
void assign(Out& out, const Expression& expression) {
  xt::linear_assigner<true>::run(out, expression);
}

/// [rows, columns].
template <class T>
auto matrix(T* data, std::size_t rows, std::size_t columns) {
  return xt::adapt(data, rows * columns, xt::no_ownership(),
                   std::array<std::size_t, 2>{rows, columns});
}

/// [outer, extent, inner].
template <class T>
auto cube(T* data, std::size_t outer, std::size_t extent, std::size_t inner) {
  return xt::adapt(data, outer * extent * inner, xt::no_ownership(),
                   std::array<std::size_t, 3>{outer, extent, inner});
}

}  // namespace ravine::xview
