#include "ravine/lab/quadratic_problem.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/lab/matrix_vector.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/linalg.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

/// So that no square or quotient of curvatures leaves a double's range.
constexpr double least_curvature = 1e-100;
constexpr double most_curvature = 1e100;

void check_range(const std::string& what, double number) {
  if (number < least_curvature || number > most_curvature)
    throw InputError(text(what, " is ", number, ", but must be from ", least_curvature, " to ",
                          most_curvature, " (take other units)"));
}

/// 1/2 w'Aw - b'w there is -b'w* / 2.
void check_minimum(const QuadraticProblem& problem) {
  double value = 0;
  for (std::size_t i = 0; i < problem.linear.size(); ++i)
    value -= problem.linear[i] * problem.minimum[i] / 2;
  if (!std::isfinite(value))
    throw InputError(
        text("b: the function's value at its minimum is ", value, " (give smaller numbers)"));
}

std::vector<double> filled(std::string_view name, std::span<const double> list, std::size_t n) {
  if (list.empty()) return std::vector<double>(n, 0.0);
  check_length(name, list, n);
  for (std::size_t i = 0; i < n; ++i)
    if (!std::isfinite(list[i]))
      throw InputError(text(name, ": number ", i + 1, " is ", list[i], ", but must be finite"));
  return {list.begin(), list.end()};
}

}  // namespace

void check_curvatures(std::span<const double> curvatures) {
  if (curvatures.empty()) throw InputError("eigenvalues: there is none (give 1 or more)");
  for (std::size_t i = 0; i < curvatures.size(); ++i)
    if (!(curvatures[i] > 0) || !std::isfinite(curvatures[i]))
      throw InputError(text("eigenvalues: number ", i + 1, " is ", curvatures[i],
                            ", but each must be finite and above 0"));
  for (std::size_t i = 0; i < curvatures.size(); ++i)
    check_range(text("eigenvalues: number ", i + 1), curvatures[i]);
  constexpr double most_condition = 1e15;  // above, (kappa - 1) / (kappa + 1) soon is 1
  const auto [smallest, largest] = std::ranges::minmax(curvatures);
  if (largest / smallest > most_condition)
    throw InputError(text("eigenvalues: from ", smallest, " to ", largest,
                          " the condition number is ", largest / smallest,
                          ", but rounding allows at most ", most_condition));
}

void check_length(std::string_view name, std::span<const double> list, std::size_t n) {
  if (list.size() != n)
    throw InputError(text(name, ": ", list.size(), list.size() == 1 ? " number" : " numbers",
                          " for ", n, n == 1 ? " component" : " components", " (give ", n, ")"));
}

QuadraticProblem diagonal_problem(std::span<const double> curvatures,
                                  std::span<const double> linear) {
  check_curvatures(curvatures);
  const std::size_t n = curvatures.size();
  QuadraticProblem problem{.matrix = Tensor<double>({n}, curvatures),
                           .linear = filled("b", linear, n),
                           .curvatures = {curvatures.begin(), curvatures.end()},
                           .directions = {},
                           .minimum = {}};
  problem.minimum = problem.linear;
  for (std::size_t i = 0; i < n; ++i) problem.minimum[i] /= curvatures[i];
  check_minimum(problem);
  return problem;
}

QuadraticProblem matrix_problem(std::string_view name, const Tensor<double>& matrix,
                                std::span<const double> linear) {
  double most = 0;
  for (const double element : matrix.values()) most = std::max(most, std::abs(element));
  if (most > 0) check_range(text(name, ": the largest element in size"), most);
  const Eigen<double> eigen = eigh(matrix);
  const std::size_t n = eigen.values.size();
  const double smallest = eigen.values[0];
  const double largest = eigen.values[n - 1];
  const double rounding = static_cast<double>(n) * std::numeric_limits<double>::epsilon();
  if (!(smallest > rounding * std::abs(largest)))
    throw InputError(
        text(name, ": is not positive definite: its smallest eigenvalue is ", smallest,
             std::abs(smallest) <= rounding * std::abs(largest) ? ", 0 to rounding" : "",
             " (all must be above 0)"));
  QuadraticProblem problem{.matrix = matrix,
                           .linear = filled("b", linear, n),
                           .curvatures = eigen.values.to_vector(),
                           .directions = eigen.vectors,
                           .minimum = {}};
  // By the eigenvectors, which the closed form is in, too.
  std::vector<double> along = times(eigen.vectors, problem.linear, blas::Transpose::yes);
  for (std::size_t i = 0; i < n; ++i) along[i] /= problem.curvatures[i];
  problem.minimum = times(eigen.vectors, along);
  check_minimum(problem);
  return problem;
}

Objective objective(const QuadraticProblem& problem) {
  const std::size_t n = problem.curvatures.size();
  return [a = Variable<double>(problem.matrix), n, is_diagonal = problem.is_diagonal(),
          b = Variable<double>(Tensor<double>({n}, problem.linear))](const Variable<double>& w) {
    // [n] for both: w as a row [1, n] times the symmetric [n, n].
    const Variable<double> aw = is_diagonal ? a * w : reshape(matmul(reshape(w, {1, n}), a), {n});
    return 0.5 * sum(aw * w) - sum(b * w);
  };
}

std::vector<double> components_of(const QuadraticProblem& problem, std::span<const double> point) {
  std::vector<double> distance(point.begin(), point.end());
  for (std::size_t i = 0; i < distance.size(); ++i) distance[i] -= problem.minimum[i];
  return problem.is_diagonal() ? distance
                               : times(problem.directions, distance, blas::Transpose::yes);
}

std::vector<double> point_of(const QuadraticProblem& problem, std::span<const double> components) {
  std::vector<double> point = problem.is_diagonal()
                                  ? std::vector(components.begin(), components.end())
                                  : times(problem.directions, components);
  for (std::size_t i = 0; i < point.size(); ++i) point[i] += problem.minimum[i];
  return point;
}

}  // namespace ravine::lab
