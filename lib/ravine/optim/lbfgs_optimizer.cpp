#include "ravine/optim/lbfgs_optimizer.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

#include "ravine/optim/flat.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

/// The slots of a state in their order.
std::vector<std::string> slot_names(std::size_t pairs) {
  std::vector<std::string> names{"direction", "gradient"};
  for (std::size_t pair = 1; pair <= pairs; ++pair) {
    names.push_back(text("s", pair));
    names.push_back(text("y", pair));
  }
  return names;
}

}  // namespace

template <class T>
LbfgsOptimizer<T>::LbfgsOptimizer(const Lbfgs& rule, const Parameters<T>& parameters,
                                  const Groups& groups)
    : TypedOptimizer<Lbfgs, T>(rule, parameters, groups), size_(flat_size(parameters)) {
  for (std::size_t group = 0; group < this->groups(); ++group)
    if (this->hyperparameters(group) != this->hyperparameters())
      throw InputError(text(this->name(), ": the group with ",
                            joined(this->group_settings()[group]),
                            " differs from the rest; all parameters move as one here, so set it "
                            "for all"));
}

template <class T>
double LbfgsOptimizer<T>::step(const Closure& closure) {
  const double evaluated_before = progress_.evaluations;
  LinePoint<T> point = evaluate(closure);
  const double loss = point.value;
  const bool finite = std::isfinite(loss) && std::isfinite(norm_1(point.gradient));
  const bool done = !finite || norm_infinity(point.gradient) <= rule().tolerance_grad;
  if (!done) iterate(closure, std::move(point), evaluated_before);
  this->set_steps(this->steps() + 1);
  return loss;
}

template <class T>
void LbfgsOptimizer<T>::iterate(const Closure& closure, LinePoint<T> point,
                                double evaluated_before) {
  for (double iteration = 1; iteration <= rule().max_iter; ++iteration) {
    turn(point.gradient);
    const LinePoint<T> start{.value = point.value,
                             .slope = dot(point.gradient, memory_.direction),
                             .gradient = std::move(point.gradient)};
    if (!(start.slope <= -rule().tolerance_change)) break;  // NaN, too
    point = move(closure, start, iteration == rule().max_iter);

    if (progress_.evaluations - evaluated_before >= rule().evaluation_limit()) break;
    if (norm_infinity(point.gradient) <= rule().tolerance_grad) break;
    if (point.t * norm_infinity(memory_.direction) <= rule().tolerance_change) break;
    if (std::abs(point.value - start.value) < rule().tolerance_change) break;
  }
}

template <class T>
LinePoint<T> LbfgsOptimizer<T>::evaluate(const Closure& closure) {
  const double loss = closure();
  ++progress_.evaluations;
  this->collect(this->joins_neighbours());  // for its check of the shapes
  if (flat_size(this->parameters()) != size_)
    throw ShapeError(text(this->name(), ": the parameters have ", flat_size(this->parameters()),
                          " elements, but had ", size_,
                          "; all must keep the shape the optimizer was made with"));
  return {.value = loss, .gradient = flat_gradient(this->parameters())};
}

template <class T>
void LbfgsOptimizer<T>::turn(const Tensor<T>& gradient) {
  if (!memory_.direction.empty()) {
    Tensor<T> s = memory_.direction.clone();
    scale(s, progress_.step_length);
    Tensor<T> y = gradient.clone();
    add_scaled(y, -1, memory_.gradient);
    memory_.pairs.add(std::move(s), std::move(y), rule().pairs());
  }
  memory_.direction = memory_.pairs.direction(gradient);
  memory_.gradient = gradient;
  // Until the parameters are moved along the direction.
  progress_.step_length = 0;
  ++progress_.iterations;
}

template <class T>
LinePoint<T> LbfgsOptimizer<T>::move(const Closure& closure, const LinePoint<T>& from, bool last) {
  const Tensor<T> origin = flat_values(this->parameters());
  const auto go_to = [&](double t) {
    Tensor<T> w = origin.clone();
    if (t != 0) add_scaled(w, t, memory_.direction);
    set_flat_values(this->parameters(), w);
  };
  const auto line = [&](double t) {
    go_to(t);
    LinePoint<T> point = evaluate(closure);
    point.t = t;
    point.slope = dot(point.gradient, memory_.direction);
    // A gradient that is not finite has no finite product with anything.
    if (!std::isfinite(point.value) || !std::isfinite(point.slope))
      point.value = point.slope = std::numeric_limits<double>::infinity();
    return point;
  };

  // Before anything is known of the curvature, the length of the gradient tells nothing of that of
  // a good step.
  const bool first = progress_.iterations == 1;
  const double length = rule().lr * (first ? std::min(1.0, 1 / norm_1(from.gradient)) : 1);
  LinePoint<T> to = from;
  try {
    if (rule().strong_wolfe) {
      to = search_strong_wolfe<T>(std::ref(line), from, length, norm_infinity(memory_.direction));
    } else if (last) {
      to.t = length;
    } else if (LinePoint<T> next = line(length); std::isfinite(next.value)) {
      to = std::move(next);
    }
  } catch (...) {  // the closure's: what it tried must not stay
    go_to(0);
    throw;
  }
  go_to(to.t);
  progress_.step_length = to.t;
  return to;
}

template <class T>
void LbfgsOptimizer<T>::update(std::size_t, Step) {
  throw StateError(text(this->name(),
                        ": a step evaluates the loss several times and needs a closure: "
                        "optimizer->step([&] { ...; return loss; })"));
}

template <class T>
void LbfgsOptimizer<T>::set(std::string_view name, const Value& value, std::size_t) {
  for (std::size_t group = 0; group < this->groups(); ++group)
    TypedOptimizer<Lbfgs, T>::set(name, value, group);
  memory_.pairs.limit(rule().pairs());
}

template <class T>
State<T> LbfgsOptimizer<T>::live_state() const {
  State<T> state{.rule = std::string(this->name()),
                 .steps = this->steps(),
                 .running = running(),
                 .arrays = {}};
  if (memory_.direction.empty()) return state;
  std::vector<Tensor<T>> vectors{memory_.direction, memory_.gradient};
  for (const CurvaturePair<T>& pair : memory_.pairs.pairs()) {
    vectors.push_back(pair.s);
    vectors.push_back(pair.y);
  }
  const std::vector<std::string> names = slot_names(memory_.pairs.pairs().size());
  for (std::size_t slot = 0; slot < names.size(); ++slot) {
    const std::vector<Tensor<T>> parts = parts_of(vectors[slot], this->parameters());
    for (std::size_t p = 0; p < parts.size(); ++p)
      state.arrays.push_back(
          {.slot = names[slot], .parameter = this->parameters()[p]->name, .tensor = parts[p]});
  }
  return state;
}

template <class T>
void LbfgsOptimizer<T>::restore(const State<T>& saved) {
  // As many vectors as were saved, for the base to check and to copy to.
  const auto vector = [&] { return Tensor<T>::zeros({size_}); };
  const std::size_t vectors = saved.arrays.size() / this->parameters().size();
  Memory restored;
  std::vector<CurvaturePair<T>> pairs;
  if (vectors >= Lbfgs::other_arrays) {
    restored.direction = vector();
    restored.gradient = vector();
    pairs.resize(
        std::min(rule().pairs(), (vectors - Lbfgs::other_arrays) / Lbfgs::arrays_of_a_pair));
    for (CurvaturePair<T>& pair : pairs) pair = {.s = vector(), .y = vector(), .product = 0};
  }
  restored.pairs.assign(pairs);
  std::swap(memory_, restored);
  try {
    TypedOptimizer<Lbfgs, T>::restore(saved);
  } catch (...) {
    std::swap(memory_, restored);
    throw;
  }
  memory_.pairs.assign(std::move(pairs));
}

template <class T>
std::size_t LbfgsOptimizer<T>::state_bytes_per_parameter() const {
  return sizeof(T) * rule().state_arrays();
}

template <class T>
std::vector<Settings> LbfgsOptimizer<T>::running() const {
  std::vector<Settings> running(this->groups());
  running.front() = settings_of(progress_);
  return running;
}

template <class T>
void LbfgsOptimizer<T>::set_running(const std::vector<Settings>& running) {
  progress_ = configured<LbfgsProgress>(running.front());
}

template class LbfgsOptimizer<float>;
template class LbfgsOptimizer<double>;

template <class T>
std::unique_ptr<Optimizer<T>> Lbfgs::optimizer(const Parameters<T>& parameters,
                                               const Groups& groups) const {
  return std::make_unique<LbfgsOptimizer<T>>(*this, parameters, groups);
}

template std::unique_ptr<Optimizer<float>> Lbfgs::optimizer(const Parameters<float>&,
                                                            const Groups&) const;
template std::unique_ptr<Optimizer<double>> Lbfgs::optimizer(const Parameters<double>&,
                                                             const Groups&) const;

}  // namespace ravine::optim
