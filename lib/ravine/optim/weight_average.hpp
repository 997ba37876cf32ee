#pragma once

#include <iosfwd>
#include <string_view>
#include <variant>
#include <vector>

#include "ravine/optim/field.hpp"
#include "ravine/optim/optimizer.hpp"

// Averages of the weights that an optimizer passes through: often better than the last of them, as
// they leave out the noise of its last steps. They go with any rule.

namespace ravine::optim {

/// The mean of all weights so far, each as heavy as the others.
struct PolyakAverage {
  double start = 0;

  static constexpr About about{
      .name = "polyak",
      .summary = "the mean of the weights after every step",
      .formula = "w̄ ← w̄ + (w − w̄) / (t − t₀)",
      .reference =
          "Polyak and Juditsky (1992), Acceleration of Stochastic Approximation by Averaging, SIAM "
          "Journal on Control and Optimization 30"};
  static constexpr Field<PolyakAverage> fields[] = {
      {"start", &PolyakAverage::start, count_or_none, "t₀, the steps that are left out"}};

  /// The share of the weights after step t in the average.
  double take(Step t) const;
};

/// An exponentially decaying mean, corrected for its start as Adam's are.
struct ExponentialAverage {
  double decay = 0.999;

  static constexpr About about{
      .name = "ema",
      .summary = "an exponentially decaying mean of the weights",
      .formula = "w̄ ← w̄ + (1 − d) / (1 − dᵗ) (w − w̄)",
      .reference = "Kingma and Ba (2015), Adam: A Method for Stochastic Optimization, section 7.2"};
  static constexpr Field<ExponentialAverage> fields[] = {
      {"decay", &ExponentialAverage::decay, below_one, "d, what the mean keeps each step"}};

  double take(Step t) const;
};

using AverageKind = std::variant<ExponentialAverage, PolyakAverage>;

/// `ema:decay=0.999`.
std::ostream& operator<<(std::ostream& out, const AverageKind& kind);
/// Reads `ema:0.999` or `polyak:start=100`. Throws UnknownName or InputError.
AverageKind parse_average(std::string_view spec);

/// The average of some parameters, to be updated after each step of their optimizer.
template <class T>
class WeightAverage {
 public:
  /// Begins with the weights as they are. Throws InputError for a hyper-parameter out of its range.
  WeightAverage(const AverageKind& kind, const Parameters<T>& parameters);

  /// Takes in the weights as they are now. Throws ShapeError where one is no longer of its shape.
  void update();
  /// Exchanges the parameters' values with the average's: the model is the average then, until the
  /// next call.
  void swap();

  /// All there is to save, as Optimizer's; while the values are not exchanged.
  State<T> state() const { return copy(live_state()); }
  /// Throws InputError where it is not the state of these parameters.
  void restore(const State<T>& saved);

 private:
  State<T> live_state() const;

  AverageKind kind_;
  Parameters<T> parameters_;
  std::vector<Tensor<T>> averages_;
  Step steps_ = 0;
};

extern template class WeightAverage<float>;
extern template class WeightAverage<double>;

}  // namespace ravine::optim
