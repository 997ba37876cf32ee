#include "ravine/lab/lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/linalg.hpp"
#include "ravine/tensor/matmul.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/reduce.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

/// Apart from the streams that weights and examples are drawn from.
constexpr std::uint64_t start_stream = 0x6c616e637a6f73;

double norm(const Tensor<double>& v) { return std::sqrt(sum_of_squares(v)); }

void scale(Tensor<double>& v, double factor) {
  for (double& element : v.values()) element *= factor;
}

/// The columns of the method's matrix Q, as rows of blocks [.., n] that are added as they are
/// needed: how many vectors there will be is not known before.
class Basis {
 public:
  Basis(std::size_t most, std::size_t n)
      : n_(n), block_rows_(std::clamp<std::size_t>(block_elements / n, 1, most)) {}

  std::size_t size() const { return size_; }
  Tensor<double> vector(std::size_t i) const {
    const std::size_t row = i % block_rows_;
    return blocks_[i / block_rows_].rows(row, row + 1).reshape({n_});
  }
  void add(const Tensor<double>& unit) {
    if (size_ % block_rows_ == 0)
      blocks_.push_back(Tensor<double>::uninitialized({block_rows_, n_}));
    ++size_;
    vector(size_ - 1).assign(unit);
  }

  /// v - Q Q' v, twice: once leaves rounding where v was almost in the space.
  void orthogonalize(Tensor<double>& v) const {
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const Tensor<double> q = filled(i);
        const Tensor<double> part = matmul(q, v.reshape({n_, 1}));         // [m, n] [n, 1]
        const Tensor<double> sum = matmul(q, part, blas::Transpose::yes);  // [n, m] [m, 1]
        for (std::size_t j = 0; j < n_; ++j) v[j] -= sum[j];
      }
  }

  /// Q s.
  Tensor<double> combined(const Tensor<double>& s) const {
    Tensor<double> result = Tensor<double>::zeros({n_, 1});
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const Tensor<double> q = filled(i);
      const std::size_t begin = i * block_rows_;
      const Tensor<double> part = s.rows(begin, begin + q.shape()[0]).reshape({q.shape()[0], 1});
      matmul_into(result, /*accumulate=*/true, q, part, blas::Transpose::yes);
    }
    return result.reshape({n_});
  }

 private:
  static constexpr std::size_t block_elements = std::size_t{1} << 19;  // 4 MB

  /// The rows of a block that hold vectors.
  Tensor<double> filled(std::size_t i) const {
    return blocks_[i].rows(0, std::min(block_rows_, size_ - i * block_rows_));
  }

  std::size_t n_;
  std::size_t block_rows_;
  std::size_t size_ = 0;
  std::vector<Tensor<double>> blocks_;
};

/// T: alpha on the diagonal, and beta[i] between rows i and i + 1; the last one leads out of T.
struct Tridiagonal {
  std::vector<double> alpha;
  std::vector<double> beta;

  /// Of rows and columns [begin, m).
  Eigen<double> eigen(std::size_t begin = 0) const {
    const std::size_t m = alpha.size() - begin;
    Tensor<double> dense = Tensor<double>::zeros({m, m});
    for (std::size_t i = 0; i < m; ++i) {
      dense[i * m + i] = alpha[begin + i];
      if (i + 1 < m) dense[(i + 1) * m + i] = beta[begin + i];
    }
    return eigh(dense);
  }
};

class Lanczos {
 public:
  Lanczos(const SymmetricProduct& product, std::size_t n, const LanczosOptions& options)
      : product_(product),
        n_(n),
        options_(options),
        most_(std::min(n, options.most_steps)),
        generator_(options.seed, start_stream),
        basis_(most_, n) {}

  ExtremeEigenvalues run() {
    bool next_is_random = options_.start.empty();
    Tensor<double> next = next_is_random ? random_vector() : given_vector();
    std::size_t next_check = 1;
    while (true) {
      basis_.add(next);
      next = multiplied();
      basis_.orthogonalize(next);
      const double beta = norm(next);
      if (!std::isfinite(t_.alpha.back()) || !std::isfinite(beta)) return unknown();
      largest_entry_ = std::max({largest_entry_, std::abs(t_.alpha.back()), beta});
      const bool is_full = basis_.size() == most_;
      const bool broke_down = basis_.size() == n_ || beta <= rounding() * largest_entry_;
      t_.beta.push_back(broke_down ? 0 : beta);
      if (basis_.size() == n_ || (broke_down && next_is_random)) return result(/*converged=*/true);
      if (broke_down) {
        if (is_full) return result(/*converged=*/false);
        next = random_vector();
        next_is_random = true;
        block_ = basis_.size();
        next_check = block_ + 1;
        continue;
      }
      if (is_full || basis_.size() >= next_check) {
        if (ends_converged()) return result(/*converged=*/true);
        if (is_full) return result(/*converged=*/false);
        // Decompositions of T would cost more than the products if there was one each step.
        next_check = basis_.size() + 1 + (basis_.size() - block_) / 8;
      }
      scale(next, 1 / beta);
    }
  }

 private:
  double rounding() const {
    return std::sqrt(static_cast<double>(n_)) * std::numeric_limits<double>::epsilon() * 4;
  }

  /// A unit vector orthogonal to the basis.
  Tensor<double> random_vector() {
    Tensor<double> v = Tensor<double>::uninitialized({n_});
    fill_normal(v, 0, 1, generator_);
    basis_.orthogonalize(v);
    scale(v, 1 / norm(v));
    return v;
  }

  Tensor<double> given_vector() const {
    if (options_.start.shape() != Shape{n_})
      throw ShapeError(
          text("lanczos: the start has the shape ", options_.start.shape(), ", not [", n_, "]"));
    Tensor<double> v = options_.start.clone();
    const double length = norm(v);
    if (!(length > 0 && std::isfinite(length)))
      throw InputError(text("lanczos: the start's norm is ", length,
                            " (a vector of finite numbers that are not all 0 is needed)"));
    scale(v, 1 / length);
    return v;
  }

  /// A times the basis' last vector; its component along that is T's next alpha.
  Tensor<double> multiplied() {
    const Tensor<double> q = basis_.vector(basis_.size() - 1);
    Tensor<double> image = product_(q).clone();
    if (image.shape() != Shape{n_})
      throw ShapeError(
          text("lanczos: a product has the shape ", image.shape(), ", not [", n_, "]"));
    double alpha = 0;
    for (std::size_t i = 0; i < n_; ++i) alpha += q[i] * image[i];
    t_.alpha.push_back(alpha);
    if (options_.on_product) options_.on_product(basis_.size());
    return image;
  }

  /// Of a block of T that the last beta leads out of.
  bool ends_converged() const {
    const Eigen<double> eigen = t_.eigen(block_);
    const std::size_t m = eigen.values.size();
    const double smallest = eigen.values[0];
    const double largest = eigen.values[m - 1];
    const double size = std::max(std::abs(smallest), std::abs(largest));
    const auto is_exact = [&](std::size_t i) {
      return std::abs(t_.beta.back() * eigen.vectors[(m - 1) * m + i]) <= options_.tolerance * size;
    };
    const auto is_flat = [&] {
      return options_.flat_share && basis_.size() >= options_.flat_steps &&
             smallest <= *options_.flat_share * largest;
    };
    return is_exact(m - 1) && (!options_.smallest_wanted || is_flat() || is_exact(0));
  }

  ExtremeEigenvalues unknown() const {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const RitzPair nothing{nan, nan, Tensor<double>::full({n_}, nan)};
    return {.largest = nothing, .smallest = nothing, .products = basis_.size()};
  }

  ExtremeEigenvalues result(bool converged) const {
    const Eigen<double> eigen = t_.eigen();
    const std::size_t m = eigen.values.size();
    const auto pair = [&](std::size_t i) {
      Tensor<double> s = Tensor<double>::uninitialized({m});
      for (std::size_t row = 0; row < m; ++row) s[row] = eigen.vectors[row * m + i];
      return RitzPair{eigen.values[i], std::abs(t_.beta.back() * s[m - 1]), basis_.combined(s)};
    };
    return {.largest = pair(m - 1),
            .smallest = pair(0),
            .ritz_values = eigen.values.to_vector(),
            .products = basis_.size(),
            .converged = converged};
  }

  const SymmetricProduct& product_;
  std::size_t n_;
  const LanczosOptions& options_;
  std::size_t most_;
  Generator generator_;
  Basis basis_;
  Tridiagonal t_;
  std::size_t block_ = 0;     // where the vectors of the latest start begin
  double largest_entry_ = 0;  // of T so far
};

}  // namespace

ExtremeEigenvalues extreme_eigenvalues(const SymmetricProduct& product, std::size_t n,
                                       const LanczosOptions& options) {
  if (n == 0 || options.most_steps == 0)
    throw InputError(text("lanczos: a matrix of at least 1 row and at least 1 step are needed, ", n,
                          " and ", options.most_steps, " were given"));
  return Lanczos(product, n, options).run();
}

}  // namespace ravine::lab
