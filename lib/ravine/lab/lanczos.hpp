#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ravine/tensor/tensor.hpp"

namespace ravine::lab {

/// v [n] to A v [n] for a symmetric matrix A that nobody has to write down.
using SymmetricProduct = std::function<Tensor<double>(const Tensor<double>& v)>;

struct LanczosOptions {
  /// Products with A at most; one vector [n] is kept for each that is made.
  std::size_t most_steps = 300;
  /// Of the error bound, relative to the largest eigenvalue in size.
  double tolerance = 1e-6;
  /// Whether the smallest eigenvalue has to converge, too.
  bool smallest_wanted = true;
  /// Or, after `flat_steps` products, to be shown to be no more than this share of the largest. The
  /// smallest eigenvalue of T is no smaller than that of A, and the largest no larger (interlacing,
  /// Golub and Van Loan, section 8.1), so that once T shows it no further product can undo it.
  std::optional<double> flat_share = {};
  std::size_t flat_steps = 100;
  /// Of the first vector, and of those that follow where an invariant subspace is exhausted.
  std::uint64_t seed = 0;
  /// The first vector instead, [n]; one with a part of the eigenvector sought saves steps.
  Tensor<double> start = {};
  /// Called after every product with their number so far.
  std::function<void(std::size_t products)> on_product = {};
};

/// An approximate eigenvalue: some eigenvalue of A is no further away than `residual`, the norm of
/// A u - value u for the unit vector u.
struct RitzPair {
  double value;
  double residual;
  Tensor<double> vector;  ///< u, [n]
};

struct ExtremeEigenvalues {
  RitzPair largest;
  RitzPair smallest;
  /// Eigenvalues of T, ascending: inside, they say no more than where those of A lie.
  std::vector<double> ritz_values = {};
  std::size_t products = 0;
  /// Whether what was wanted is as exact as the options say.
  bool converged = false;
};

/// The ends of the spectrum of a symmetric matrix [n, n] by the method of Lanczos (1950, "An
/// iteration method for the solution of the eigenvalue problem of linear differential and integral
/// operators"; Golub and Van Loan, Matrix Computations, 4th edition, section 10.1): the tridiagonal
/// matrix T of A in an orthonormal basis of the Krylov space. Every new vector is orthogonalised
/// against all before it, twice. The bound on an eigenvalue's error is |beta_m s_m|, with the last
/// component s_m of T's eigenvector. Where the vector given spans an invariant subspace, a random
/// one goes on, orthogonal to it; a random one has a part of every eigenvector, so that what it
/// spans has every eigenvalue. Where a product is not finite all is NaN. Throws InputError where n
/// or `most_steps` is 0 or the start is, ShapeError for a start or a product of another size.
ExtremeEigenvalues extreme_eigenvalues(const SymmetricProduct& product, std::size_t n,
                                       const LanczosOptions& options = {});

}  // namespace ravine::lab
