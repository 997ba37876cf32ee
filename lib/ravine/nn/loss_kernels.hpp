#pragma once

#include <cstddef>

// Losses, each with its gradient in the same pass; see losses.hpp. They return the sum of the
// losses in double, added up in T over no more than a few thousand, and write
// gradient = scale * (d loss / d prediction).

namespace ravine::kernels {

// losses.simd.cpp; n elements each

/// (prediction - target)^2 / 2.
template <class Level, class T>
double half_square(const T* prediction, const T* target, T scale, T* gradient, std::size_t n);
/// |prediction - target|; the gradient at 0 is 0.
template <class Level, class T>
double absolute(const T* prediction, const T* target, T scale, T* gradient, std::size_t n);
template <class Level, class T>
double huber(const T* prediction, const T* target, T delta, T scale, T* gradient, std::size_t n);
template <class Level, class T>
double bce_with_logits(const T* logits, const T* target, T scale, T* gradient, std::size_t n);
/// y = factor x, or y += factor x.
template <class Level, class T>
void scale(const T* x, T factor, bool accumulate, T* y, std::size_t n);

// cross_entropy.simd.cpp; rows of logits [rows, columns], columns >= 1

/// The first row whose class is no whole number from 0 to columns - 1, or `rows`.
template <class Level, class T>
std::size_t first_bad_class(const T* classes, std::size_t rows, std::size_t columns);

/// The weight of a row's class, and that of all classes besides.
struct TargetWeights {
  double on_class;
  double on_all;
};

template <class Level, class T>
double cross_entropy(const T* logits, const T* classes, TargetWeights weights, T scale, T* gradient,
                     std::size_t rows, std::size_t columns);

}  // namespace ravine::kernels
