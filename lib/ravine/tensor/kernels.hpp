#pragma once

#include <cstddef>

// Kernels compiled once per instruction set, in the *.simd.cpp file of their group; see simd.hpp.
// A cube [outer, extent, inner] is any tensor seen from one of its axes, or from neighbouring ones.

namespace ravine::kernels {

// reduce.simd.cpp

/// y[o, i] = sum over e of x[o, e, i].
template <class Level, class T>
void sum(const T* x, T* y, std::size_t outer, std::size_t extent, std::size_t inner);
/// y[o, i] = maximum over e of x[o, e, i], NaN if one is; extent >= 1.
template <class Level, class T>
void max(const T* x, T* y, std::size_t outer, std::size_t extent, std::size_t inner);
/// y[n] += x[n].
template <class Level, class T>
void add_to(const T* x, T* y, std::size_t n);
template <class Level, class T>
double sum_of_squares(const T* x, std::size_t n);

// softmax.simd.cpp

// Of each row of a matrix [rows, columns]; columns >= 1. A row with a NaN becomes all NaN.

/// y[r, c] = e^x[r, c] over the sum of its row.
template <class Level, class T>
void softmax(const T* x, T* y, std::size_t rows, std::size_t columns);
/// dx = p (dy - sum(p dy)) for softmax's p.
template <class Level, class T>
void softmax_gradient(const T* p, const T* dy, T* dx, std::size_t rows, std::size_t columns);
/// y[r, c] = (x[r, c] - max) - log(sum of e^(x - max)): the two are not added up first, which would
/// round the logarithm to the digits of a large maximum.
template <class Level, class T>
void log_softmax(const T* x, T* y, std::size_t rows, std::size_t columns);
/// dx = dy - e^y sum(dy) for log_softmax's y.
template <class Level, class T>
void log_softmax_gradient(const T* y, const T* dy, T* dx, std::size_t rows, std::size_t columns);

}  // namespace ravine::kernels
