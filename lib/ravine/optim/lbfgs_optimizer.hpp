#pragma once

#include "ravine/optim/curvature_pairs.hpp"
#include "ravine/optim/rules/lbfgs.hpp"
#include "ravine/optim/strong_wolfe.hpp"
#include "ravine/optim/typed_optimizer.hpp"

namespace ravine::optim {

/// What L-BFGS has counted and where it stands, saved with its vectors.
struct LbfgsProgress {
  double iterations = 0, evaluations = 0, step_length = 0;

  static constexpr About about = Lbfgs::about;
  static constexpr Field<LbfgsProgress> fields[] = {
      {"iterations", &LbfgsProgress::iterations, count_or_none, "directions so far"},
      {"evaluations", &LbfgsProgress::evaluations, count_or_none, "calls of the closure so far"},
      {"step_length", &LbfgsProgress::step_length, non_negative, "t of the last iteration"}};
};

/// L-BFGS over all parameters as one vector. One step is up to `max_iter` iterations; the next one
/// goes on with what they learnt.
///
/// A parameter without a gradient counts as one whose gradient is 0. Where the loss or its gradient
/// is not finite a line search turns back, and fixed steps end, at the last point where they were.
template <class T>
class LbfgsOptimizer final : public TypedOptimizer<Lbfgs, T> {
 public:
  /// Throws InputError for hyper-parameters that are not allowed, and where a group has others
  /// than the rest; see Optimizer.
  LbfgsOptimizer(const Lbfgs& rule, const Parameters<T>& parameters, const Groups& groups = {});

  using Optimizer<T>::step;
  double step(const Closure& closure) override;
  bool needs_closure() const override { return true; }

  using Optimizer<T>::set;
  /// All groups have the same.
  void set(std::string_view name, const Value& value, std::size_t group) override;

  void restore(const State<T>& saved) override;
  std::size_t state_bytes_per_parameter() const override;

 private:
  /// Vectors [n] that outlive a step.
  struct Memory {
    Tensor<T> direction, gradient;  // of the last iteration, the gradient at its start
    CurvaturePairs<T> pairs;
  };

  /// Throws StateError.
  void update(std::size_t group, Step step) override;
  std::vector<Settings> running() const override;
  void set_running(const std::vector<Settings>& running) override;
  State<T> live_state() const override;

  /// The loss and gradient where the parameters are. Throws ShapeError where these do not fit.
  LinePoint<T> evaluate(const Closure& closure);
  /// The iterations of a step, from where it begins.
  void iterate(const Closure& closure, LinePoint<T> point, double evaluated_before);
  /// Chooses the direction at a gradient.
  void turn(const Tensor<T>& gradient);
  /// Moves the parameters along it, and returns where that led. Fixed steps do not evaluate the
  /// last point: the next step does.
  LinePoint<T> move(const Closure& closure, const LinePoint<T>& from, bool last);

  const Lbfgs& rule() const { return TypedOptimizer<Lbfgs, T>::rule(0); }

  std::size_t size_;  // n
  Memory memory_;
  LbfgsProgress progress_;
};

extern template class LbfgsOptimizer<float>;
extern template class LbfgsOptimizer<double>;

}  // namespace ravine::optim
