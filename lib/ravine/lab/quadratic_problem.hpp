#pragma once

#include <span>
#include <vector>

#include "ravine/lab/trajectory.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::lab {

/// f(w) = 1/2 w'Aw - b'w, with A = V diag(curvatures) V' positive definite.
struct QuadraticProblem {
  Tensor<double> matrix;           ///< A, [n, n], or the diagonal of one that is diagonal, [n]
  std::vector<double> linear;      ///< b, [n]
  std::vector<double> curvatures;  ///< eigenvalues of A, [n]
  Tensor<double> directions;       ///< V, [n, n]; not read where A is diagonal: V = I
  std::vector<double> minimum;     ///< w* = A^-1 b, [n]

  bool is_diagonal() const { return matrix.rank() == 1; }
};

/// Throws InputError unless there are some and all are above 0, in a range that their squares do
/// not leave, and no further apart than rounding allows.
void check_curvatures(std::span<const double> curvatures);
/// Throws InputError where a list that belongs to n components has another length.
void check_length(std::string_view name, std::span<const double> list, std::size_t n);

/// A is diagonal, its eigenvectors are the axes, in the order of the eigenvalues given. An empty
/// `linear` stands for 0. Throws InputError, also where f at its minimum is not finite.
QuadraticProblem diagonal_problem(std::span<const double> curvatures,
                                  std::span<const double> linear = {});
/// `matrix` is symmetric; its eigenvalues are in ascending order. Throws InputError where one is
/// not above 0, or not by more than rounding, or the elements are too large or small to square.
/// `name` starts that message.
QuadraticProblem matrix_problem(std::string_view name, const Tensor<double>& matrix,
                                std::span<const double> linear = {});

/// f, through operations that gradients flow through.
Objective objective(const QuadraticProblem& problem);

/// x = V'(w - w*), [n].
std::vector<double> components_of(const QuadraticProblem& problem, std::span<const double> point);
/// w = w* + V x, [n].
std::vector<double> point_of(const QuadraticProblem& problem, std::span<const double> components);

}  // namespace ravine::lab
