#pragma once

#include <span>
#include <vector>

#include "ravine/autograd/variable.hpp"

// Operations that move elements about, and gradients with them. All throw ShapeError.

namespace ravine {

/// The same elements under another shape of the same size.
template <class T>
Variable<T> reshape(const Variable<T>& x, const Shape& shape);
/// A matrix [m, n] as [n, m].
template <class T>
Variable<T> transpose(const Variable<T>& x);
/// The part [begin, end) of an axis; negative axes count from the back.
template <class T>
Variable<T> slice(const Variable<T>& x, std::ptrdiff_t axis, std::size_t begin, std::size_t end);
/// Variables that agree in all axes but one, one after another along it.
template <class T>
Variable<T> concat(const std::vector<Variable<T>>& parts, std::ptrdiff_t axis = 0);
/// Rows of x by their number, in any order and any number of times; as an embedding does.
template <class T>
Variable<T> gather_rows(const Variable<T>& x, std::vector<std::size_t> rows);

}  // namespace ravine
