#include "ravine/lab/polynomial.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/lab/descent_settings.hpp"
#include "ravine/lab/larger.hpp"
#include "ravine/lab/length.hpp"
#include "ravine/lab/matrix_vector.hpp"
#include "ravine/lab/modes.hpp"
#include "ravine/lab/trajectory.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/linalg.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

/// Throws InputError. Points with the same x say of the polynomial what one of them says.
void check(const PolynomialData& data, const PolynomialOptions& options) {
  if (options.degree < 1 || options.degree > PolynomialOptions::most_degree)
    throw InputError(text("degree must be from 1 to ", PolynomialOptions::most_degree, ", ",
                          options.degree, " was given"));
  if (options.steps < 1 || options.steps > PolynomialOptions::most_steps)
    throw InputError(text("steps must be from 1 to ", PolynomialOptions::most_steps, ", ",
                          options.steps, " were given"));
  std::vector<double> x = data.x;
  std::ranges::sort(x);
  const auto different = static_cast<std::size_t>(std::unique(x.begin(), x.end()) - x.begin());
  if (different <= options.degree)
    throw InputError(text(data.name, ": ", different, " different x cannot determine the ",
                          options.degree + 1, " coefficients of degree ", options.degree,
                          " (a degree of ", different - 1, " or less)"));
}

/// Z, [n, degree + 1].
Tensor<double> powers(std::span<const double> x, std::size_t degree) {
  Tensor<double> z = Tensor<double>::ones({x.size(), degree + 1});
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 1; j <= degree; ++j)
      z[i * (degree + 1) + j] = z[i * (degree + 1) + j - 1] * x[i];
  return z;
}

Objective squared_errors(const Tensor<double>& z, const std::vector<double>& y) {
  return [z, y = Tensor<double>({y.size(), 1}, y)](const Variable<double>& w) {
    const Variable<double> error = matmul<double>(z, reshape(w, {w.value().size(), 1})) - y;
    return 0.5 * sum(error * error);
  };
}

/// The problem in the basis of its eigenfeatures.
struct Eigenfeatures {
  Tensor<double> vt;  // v_i as rows
  std::vector<double> eigenvalues;
  std::vector<double> coefficients;  // of w*: u_i'y / s_i

  /// sum_i c_i v_i
  std::vector<double> weights(std::span<const double> c) const {
    return times(vt, c, blas::Transpose::yes);
  }
  /// v_i'w - v_i'w*
  std::vector<double> components(std::span<const double> w) const {
    std::vector<double> x = times(vt, w);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= coefficients[i];
    return x;
  }
  /// The closed form of descent from 0, where x = -coefficients.
  Modes modes() const {
    Modes modes{.curvatures = eigenvalues, .start = coefficients};
    for (double& x : modes.start) x = -x;
    return modes;
  }
};

/// Throws InputError where a singular value is no more than the rounding of the largest.
void check_rank(const Svd<double>& svd, const PolynomialData& data) {
  const std::size_t count = svd.s.size();
  const auto size = static_cast<double>(std::max(data.x.size(), count));
  const double rounding = size * std::numeric_limits<double>::epsilon() * svd.s[0];
  if (svd.s[count - 1] > rounding) return;
  throw InputError(text(data.name, ": the points cannot tell the ", count,
                        " coefficients of degree ", count - 1,
                        " apart in double precision (a lower degree, or points that are spread "
                        "more evenly)"));
}

Eigenfeatures eigenfeatures(const Tensor<double>& z, const PolynomialData& data) {
  const Svd<double> svd = ravine::svd(z);
  check_rank(svd, data);
  Eigenfeatures features{.vt = svd.vt,
                         .eigenvalues = svd.s.to_vector(),
                         .coefficients = times(svd.u, data.y, blas::Transpose::yes)};
  for (std::size_t i = 0; i < svd.s.size(); ++i) {
    features.eigenvalues[i] *= svd.s[i];
    features.coefficients[i] /= svd.s[i];
  }
  return features;
}

/// 0, 1, 2, ... and then some twenty a tenfold; `last` is the last.
std::vector<std::size_t> recorded_steps(std::size_t last) {
  std::vector<std::size_t> steps{0};
  for (int i = 0;; ++i) {
    const auto step = static_cast<std::size_t>(std::round(std::pow(10, i / 20.0)));
    if (step >= last) break;
    if (step > steps.back()) steps.push_back(step);
  }
  steps.push_back(last);
  return steps;
}

/// |w - v| / |v|
double relative_distance(std::span<const double> w, std::span<const double> v) {
  const double apart = distance(w, v);
  return apart == 0 ? 0 : apart / length(v);
}

/// The largest distance of two polynomials on [-1, 1], at 401 points.
double largest_gap(std::span<const double> w, std::span<const double> v) {
  double gap = 0;
  for (int i = -200; i <= 200; ++i)
    gap = larger(gap, std::abs(polynomial_at(w, i / 200.0) - polynomial_at(v, i / 200.0)));
  return gap;
}

std::vector<std::vector<double>> rows_of(const Tensor<double>& matrix) {
  std::vector<std::vector<double>> rows;
  for (std::size_t i = 0; i < matrix.extent(0); ++i)
    rows.push_back(matrix.rows(i, i + 1).to_vector());
  return rows;
}

EarlyStop early_stop(const Visited& at, double lr, const Eigenfeatures& features) {
  EarlyStop stop{.step = at.step,
                 .eta = 1 / (lr * static_cast<double>(at.step)),
                 .kept_by_descent = {},
                 .kept_by_tikhonov = {},
                 .descent = {at.w.begin(), at.w.end()},
                 .tikhonov = {},
                 .largest_gap = 0};
  std::vector<double> kept = features.coefficients;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const double lambda = features.eigenvalues[i];
    stop.kept_by_descent.push_back(kept_by_descent(lr * lambda, at.step));
    stop.kept_by_tikhonov.push_back(lambda / (lambda + stop.eta));
    kept[i] *= stop.kept_by_tikhonov[i];
  }
  stop.tikhonov = features.weights(kept);
  stop.largest_gap = largest_gap(stop.descent, stop.tikhonov);
  return stop;
}

bool is_stop(std::size_t step, std::size_t last) {
  std::size_t power = 10;
  while (power < step) power *= 10;
  return step == power || step == last;
}

}  // namespace

double polynomial_at(std::span<const double> w, double x) {
  double value = 0;
  for (std::size_t j = w.size(); j > 0; --j) value = value * x + w[j - 1];
  return value;
}

double kept_by_descent(double alpha_lambda, std::size_t k) {
  return -std::expm1(static_cast<double>(k) * std::log1p(-alpha_lambda));
}

Polynomial polynomial(const PolynomialData& data, const PolynomialOptions& options) {
  check(data, options);
  const Tensor<double> z = powers(data.x, options.degree);
  const Eigenfeatures features = eigenfeatures(z, data);
  const Objective f = squared_errors(z, data.y);
  Polynomial result{.options = options,
                    .data = data,
                    .lr = 1 / features.eigenvalues.front(),
                    .eigenvalues = features.eigenvalues,
                    .directions = rows_of(features.vt),
                    .least_squares = features.weights(features.coefficients),
                    .least_value = 0,
                    .points = {},
                    .stops = {},
                    .max_closed_form_error = 0};
  const std::size_t count = options.degree + 1;
  result.least_value = f(Tensor<double>({count}, result.least_squares)).item();

  const MomentumSettings settings{.lr = result.lr};
  const optim::Spec rule = descent_settings(settings);
  const Modes modes = features.modes();
  const std::vector<std::size_t> recorded = recorded_steps(options.steps);
  const auto record = [&](const Visited& at) {
    std::vector<double> shares = features.components(at.w);
    for (std::size_t i = 0; i < count; ++i)
      shares[i] = error_share(features.eigenvalues[i], shares[i]);
    result.points.push_back(
        {at.step, at.value, std::move(shares), error_shares(modes, settings, at.step)});
    if (at.step == 0) return;
    std::vector<double> expected = components_after(modes, settings, at.step);
    for (std::size_t i = 0; i < count; ++i) expected[i] += features.coefficients[i];
    result.max_closed_form_error =
        larger(result.max_closed_form_error, relative_distance(at.w, features.weights(expected)));
  };
  follow(f, Tensor<double>::zeros({count}),
         {.optimizer = rule.name, .settings = rule.settings, .steps = options.steps},
         [&](const Visited& at) {
           if (std::ranges::binary_search(recorded, at.step)) record(at);
           if (at.step > 0 && is_stop(at.step, options.steps))
             result.stops.push_back(early_stop(at, result.lr, features));
           return true;
         });
  return result;
}

}  // namespace ravine::lab
