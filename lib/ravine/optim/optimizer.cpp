#include "ravine/optim/optimizer.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::optim {
namespace {

template <class T>
const Parameters<T>& checked(std::string_view rule, const Parameters<T>& parameters) {
  if (parameters.empty())
    throw InputError(text(rule, ": there is no parameter to optimize; give at least one"));
  auto sorted = parameters;
  std::ranges::sort(sorted);
  if (sorted.front() == nullptr)
    throw InputError(text(rule, ": a parameter is null; each must point to a Parameter"));
  const auto twice = std::ranges::adjacent_find(sorted);
  if (twice != sorted.end())
    throw InputError(text(rule, ": parameter '", (*twice)->name,
                          "' is given twice; a tensor that is shared must be given once"));
  return parameters;
}

}  // namespace

template <class T>
Optimizer<T>::Optimizer(const About& about, const Parameters<T>& parameters, const Groups& groups)
    : Optimizer(about, grouped(checked(about.name, parameters), groups)) {}

template <class T>
Optimizer<T>::Optimizer(const About& about, Grouped<T> grouped)
    : about_(about),
      parameters_(std::move(grouped.parameters)),
      ends_(std::move(grouped.ends)),
      group_settings_(std::move(grouped.settings)),
      homes_(lay_side_by_side(parameters_)) {
  for (std::size_t group = 0; group < groups(); ++group)
    work_.emplace_back(ends_[group] - begin_of(group));
}

template <class T>
void Optimizer<T>::keep_slot(std::size_t slot, std::string_view name) {
  std::vector<Shape> shapes;
  for (const auto& parameter : parameters_) shapes.push_back(parameter->value.shape());
  slots_[slot] = {.name = name, .arrays = side_by_side<T>(shapes)};
  slots_end_ = std::max(slots_end_, slot + 1);
}

template <class T>
std::span<Tensor<T>> Optimizer<T>::slot_arrays(std::size_t slot, std::size_t group) {
  return std::span(slots_[slot].arrays).first(ends_[group]).subspan(begin_of(group));
}

template <class T>
void Optimizer<T>::zero_grad() {
  for (const auto& parameter : parameters_) parameter->has_grad = false;
}

template <class T>
Arrays<T> Optimizer<T>::arrays_of(std::size_t p) {
  Parameter<T>& parameter = *parameters_[p];
  const std::size_t size = parameter.value.size();
  Arrays<T> arrays{
      .value = parameter.value.data(), .grad = parameter.grad.data(), .state = {}, .size = size};
  bool fits = parameter.grad.size() == size;
  for (std::size_t slot = 0; slot < slots_end_; ++slot) {
    if (!keeps_slot(slot)) continue;
    Tensor<T>& state = slots_[slot].arrays[p];
    fits = fits && state.size() == size;
    arrays.state[slot] = state.data();
  }
  if (!fits)
    throw ShapeError(text(name(), ": parameter '", parameter.name, "' of shape ",
                          parameter.value.shape(), " has a gradient of shape ",
                          parameter.grad.shape(),
                          "; both must keep the shape the optimizer was made with"));
  return arrays;
}

template <class T>
void Optimizer<T>::collect(bool neighbours_joined) {
  for (std::size_t group = 0; group < groups(); ++group) {
    WorkList<T>& work = work_[group];
    work.clear();
    for (std::size_t p = begin_of(group); p < ends_[group]; ++p) {
      if (!parameters_[p]->has_grad) continue;
      Arrays<T> arrays = arrays_of(p);
      if (!neighbours_joined) {
        work.add(arrays);
        continue;
      }
      if (homes_[p].holds(*parameters_[p])) arrays.size = padded<T>(arrays.size);
      work.append(arrays);
    }
  }
}

template <class T>
double Optimizer<T>::gradient_norm() {
  collect(/*neighbours_joined=*/true);
  double total = 0;
  for (WorkList<T>& work : work_) {
    const std::size_t parts = work.cut();
    std::array<double, WorkList<T>::most_parts> squares;
    parallel::run(parts, [&](std::size_t part) {
      squares[part] = 0;
      simd::dispatch([&](auto level) {
        for (const Arrays<T>& piece : work.part(part))
          squares[part] += kernels::sum_of_squares<decltype(level)>(piece.grad, piece.size);
      });
    });
    for (std::size_t part = 0; part < parts; ++part) total += squares[part];
  }
  if (total != 0 && std::isfinite(total)) return std::sqrt(total);

  // The squares of numbers above 1e19 or below 1e-23 are beyond a float.
  total = 0;
  for (const WorkList<T>& work : work_)
    for (const Arrays<T>& arrays : work.arrays())
      for (const T g : std::span(arrays.grad, arrays.size))
        total += static_cast<double>(g) * static_cast<double>(g);
  return std::sqrt(total);
}

template <class T>
void Optimizer<T>::step() {
  collect(joins_neighbours());
  advance(steps_ + 1);
  for (std::size_t group = 0; group < groups(); ++group) update(group, steps_ + 1);
  ++steps_;
}

template <class T>
double Optimizer<T>::step(const Closure& closure) {
  const double loss = closure();
  step();
  return loss;
}

template <class T>
void Optimizer<T>::set(std::string_view name, const Value& value) {
  for (std::size_t group = 0; group < groups(); ++group) set(name, value, group);
}

template <class T>
State<T> Optimizer<T>::live_state() const {
  State<T> state{.rule = std::string(name()), .steps = steps_, .running = running(), .arrays = {}};
  for (const Slot& slot : slots_)
    for (std::size_t p = 0; p < slot.arrays.size(); ++p)
      state.arrays.push_back({.slot = std::string(slot.name),
                              .parameter = parameters_[p]->name,
                              .tensor = slot.arrays[p]});
  return state;
}

template <class T>
Tensor<T> Optimizer<T>::state(std::string_view slot, std::string_view parameter) const {
  std::vector<std::string> known;
  for (const StateEntry<T>& entry : live_state().arrays) {
    if (entry.slot == slot && entry.parameter == parameter) return entry.tensor;
    known.push_back(text(entry.slot, " of ", entry.parameter));
  }
  const std::string wanted = text(slot, " of ", parameter);
  throw UnknownName(text(name(), ": no state '", wanted, "'", suggestion(wanted, known)));
}

template <class T>
void Optimizer<T>::restore(const State<T>& saved) {
  const State<T> own = live_state();
  check_same_layout(own, saved);
  set_running(saved.running);
  copy_arrays(saved, own);
  steps_ = saved.steps;
}

template <class T>
void Optimizer<T>::set_running(const std::vector<Settings>&) {}

template <class T>
std::size_t Optimizer<T>::state_bytes_per_parameter() const {
  std::size_t kept = 0;
  for (std::size_t slot = 0; slot < max_slots; ++slot) kept += keeps_slot(slot) ? 1 : 0;
  return kept * sizeof(T);
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace ravine::optim
