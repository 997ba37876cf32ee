#pragma once

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>

#include "ravine/tensor/row_plan.hpp"

// The formulas, compiled: one table a level, in the order of their tuple.

namespace ravine::kernels {

template <class T>
struct UnaryKernel {
  void (*y)(const T* x, T* y, std::size_t n);
  void (*dx)(const T* dy, const T* x, const T* y, T* dx, std::size_t n);
};

template <class T>
struct BinaryKernel {
  void (*y)(const RowPlan& plan, const T* a, const T* b, T* y);
  /// Gradients of the result's shape, not yet summed down to an operand's.
  void (*da)(const RowPlan& plan, const T* dy, const T* a, const T* b, T* da);
  void (*db)(const RowPlan& plan, const T* dy, const T* a, const T* b, T* db);
};

template <class Level, class T>
const UnaryKernel<T>& unary(std::size_t formula);
template <class Level, class T>
const BinaryKernel<T>& binary(std::size_t formula);

/// The place of a type in a tuple.
template <class Wanted, class Tuple>
constexpr std::size_t index_in = []<class... Types>(std::type_identity<std::tuple<Types...>>) {
  constexpr std::array<bool, sizeof...(Types)> same{std::is_same_v<Wanted, Types>...};
  std::size_t index = 0;
  while (!same[index]) ++index;
  return index;
}(std::type_identity<Tuple>());

}  // namespace ravine::kernels
