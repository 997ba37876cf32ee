#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/lab/full_batch_descent.hpp"
#include "ravine/lab/gram_spectrum.hpp"
#include "ravine/lab/lanczos.hpp"
#include "ravine/lab/momentum_matrix.hpp"
#include "ravine/lab/sharpness_path.hpp"
#include "ravine/train/model.hpp"

// What the curvature of a model's training loss on its data says of learning rate and momentum
// before it is trained, and what training then does.

namespace ravine::lab {

/// How far the work is.
struct SpectrumProgress {
  enum class Part { curvature, descent, momentum } part;
  std::size_t done;  ///< products with the Hessian, or steps of training
  std::size_t most;  ///< it may be over before
};
using SpectrumObserver = std::function<void(const SpectrumProgress&)>;

struct SpectrumOptions {
  /// Of the loss above its minimum, at which a linear model counts as trained: `default_tolerance`
  /// unless given. Of other models the minimum is not known.
  std::optional<double> tolerance = {};
  static constexpr double default_tolerance = 1e-6;
  /// Whether to train, and for how many steps at most: of a linear model `most_steps` unless given,
  /// of others `path_steps`.
  bool verify = false;
  std::optional<std::size_t> steps = {};
  static constexpr std::size_t most_steps = 100'000;
  static constexpr std::size_t path_steps = 200;
  static constexpr std::size_t step_limit = 1'000'000;  ///< on what may be given
  /// For models that are not linear, in the place of what the curvature suggests.
  std::optional<double> lr = {};
  /// Of their second run, that of the registered rule unless given; with 0 there is none.
  std::optional<double> momentum = {};
  std::uint64_t seed = 0;
  /// Of the Hessian with a vector, for one look at its spectrum.
  std::size_t most_products = LanczosOptions{}.most_steps;
};

/// Gradient descent, or momentum, on all examples at once.
struct DescentForecast {
  MomentumSettings settings;
  double largest_stable_lr;  ///< (2 + 2 beta) / largest curvature
  // Of linear models alone, where theory has a word on them.
  std::optional<double> rate = {};  ///< by what the slowest component shrinks a step
  std::optional<std::size_t> predicted_steps = {};
  /// Where no steps are predicted: after so many the loss is not there yet.
  std::optional<std::size_t> not_within = {};
  std::optional<MeasuredDescent> measured = {};
  // Of the others, with `verify`.
  std::optional<SharpnessPath> path = {};
};

/// A curvature of no more than this share of the largest, in size, counts as 0.
inline constexpr double flat_share = 1e-6;

struct Spectrum {
  train::Architecture architecture;
  std::size_t examples;
  std::size_t parameters;
  double tolerance;  ///< of linear models alone

  double largest;
  /// The smallest that counts for a linear model; otherwise the smallest there is, which may be 0
  /// or less, or an upper bound of it.
  double smallest;
  /// Their quotient; none where the smallest is not shown to be above 0.
  std::optional<double> condition_number;
  DescentForecast descent;
  DescentForecast momentum;

  /// Of a linear model: all there is to know.
  std::optional<GramSpectrum> gram = {};

  /// Of the others, at their initial weights. Some eigenvalue is no further away from each end than
  /// its error; the largest is never below what is found, and the smallest never above it.
  struct Lanczos {
    double largest_error;
    double smallest_error;            ///< 0 where theory has it, see below
    std::size_t products;             ///< of the Hessian with a vector
    double loss;                      ///< at these weights
    std::vector<double> ritz_values;  ///< ascending, see ExtremeEigenvalues
  };
  std::optional<Lanczos> lanczos = {};
};

/// Throws InputError for a tolerance that is not above 0, no steps or more than `step_limit`, what
/// is out of its range, and what would do nothing: a rate or a momentum for a linear model, a
/// tolerance for others, and what is of `verify` without it.
void check(const SpectrumOptions& options, train::ModelKind kind);

/// How many products there is room for, each of which keeps a vector of as many numbers as layers
/// [inputs, hidden..., outputs] have parameters: in half of `memory` bytes, for training takes
/// some, too. Throws InputError where that is fewer than the largest curvature may need.
std::size_t products_within(std::size_t memory, const std::vector<std::size_t>& layers);

/// Whether an end of the spectrum with this error is as exact as is looked for.
bool is_exact(const Spectrum& spectrum, double error);

/// The rounding errors of standardised data, see rounded_columns.hpp, that do not show: up to 2^-12
/// in what has three digits. Evenly spread in [-e, e] they add about e^2 / 3 to each curvature of a
/// linear model, and that is to be no more than a hundredth of the smallest.
double tolerable_rounding(const Spectrum& spectrum);

/// Of a model of this architecture on prepared data. The loss of a linear model is a quadratic, so
/// that rates, momentum and steps to the tolerance follow from its eigenvalues; it is trained from
/// weights 0. Of the others the Hessian at the weights that training with this seed starts from is
/// read by `extreme_eigenvalues`, until both ends are exact, or the largest is and the smallest is
/// shown to be no more than `flat_share` of it (after a while, see LanczosOptions): there is no
/// condition number then. Without a hidden layer
/// cross-entropy is convex (Boehning, 1992, "Multinomial logistic regression algorithm", Annals of
/// the Institute of Statistical Mathematics 44), and it does not change when the same is added to
/// all logits of an example, so that the smallest is 0 on any data. Theory names the largest rates
/// that are stable while the curvature stays what it is; suggested is half of that: 1 / L, at which
/// no step of descent overshoots along any direction and a loss of curvature up to L falls by |g|^2
/// / (2 L) at least (Nesterov, 2004, Introductory Lectures on Convex Optimization, section 1.2.3),
/// and with momentum (1 + beta) / L. Throws as `check`, and InputError where no curvature is above
/// 0.
Spectrum spectrum(const train::Architecture& architecture, const data::Dataset& prepared,
                  const SpectrumOptions& options, const SpectrumObserver& observer = {});

}  // namespace ravine::lab
