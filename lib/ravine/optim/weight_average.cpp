#include "ravine/optim/weight_average.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "ravine/optim/alternative.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

double PolyakAverage::take(Step t) const {
  const auto averaged = static_cast<double>(t) - start;
  return averaged <= 1 ? 1 : 1 / averaged;
}

double ExponentialAverage::take(Step t) const {
  return (1 - decay) / (1 - std::pow(decay, static_cast<double>(t)));
}

std::ostream& operator<<(std::ostream& out, const AverageKind& kind) {
  return std::visit(
      [&]<class Kind>(const Kind& k) -> std::ostream& {
        return out << Spec{.name = std::string(Kind::about.name), .settings = settings_of(k)};
      },
      kind);
}

AverageKind parse_average(std::string_view text) {
  static const auto kinds = alternatives(std::type_identity<AverageKind>{});
  return make_alternative(kinds, "average", parse_spec(text));
}

template <class T>
WeightAverage<T>::WeightAverage(const AverageKind& kind, const Parameters<T>& parameters)
    : kind_(std::visit([](const auto& k) -> AverageKind { return checked(k); }, kind)),
      parameters_(parameters) {
  for (const auto& parameter : parameters_) averages_.push_back(parameter->value.clone());
}

template <class T>
void WeightAverage<T>::update() {
  for (std::size_t p = 0; p < parameters_.size(); ++p)
    if (parameters_[p]->value.shape() != averages_[p].shape())
      throw ShapeError(text("weight average: parameter '", parameters_[p]->name, "' is ",
                            parameters_[p]->value.shape(), " now, but was ", averages_[p].shape()));
  ++steps_;
  const auto take =
      static_cast<T>(std::visit([&](auto& kind) { return kind.take(steps_); }, kind_));
  for (std::size_t p = 0; p < parameters_.size(); ++p) {
    T* average = averages_[p].data();
    const T* now = parameters_[p]->value.data();
    // At the first step the average is the weights themselves, to the bit.
    if (take == 1)
      std::copy_n(now, averages_[p].size(), average);
    else
      for (std::size_t i = 0; i < averages_[p].size(); ++i)
        average[i] += take * (now[i] - average[i]);
  }
}

template <class T>
void WeightAverage<T>::swap() {
  for (std::size_t p = 0; p < parameters_.size(); ++p)
    std::ranges::swap_ranges(averages_[p].values(), parameters_[p]->value.values());
}

template <class T>
State<T> WeightAverage<T>::live_state() const {
  State<T> state{.rule = "weight average", .steps = steps_, .running = {}, .arrays = {}};
  for (std::size_t p = 0; p < parameters_.size(); ++p)
    state.arrays.push_back(
        {.slot = "average", .parameter = parameters_[p]->name, .tensor = averages_[p]});
  return state;
}

template <class T>
void WeightAverage<T>::restore(const State<T>& saved) {
  const State<T> own = live_state();
  check_same_layout(own, saved);
  copy_arrays(saved, own);
  steps_ = saved.steps;
}

template class WeightAverage<float>;
template class WeightAverage<double>;

}  // namespace ravine::optim
