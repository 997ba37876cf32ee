#include "ravine/optim/optimizer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <numeric>
#include <utility>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/kernels.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::optim {
namespace {

/// More threads than this would wait for memory.
constexpr std::size_t most_parts = 64;

template <class T>
Parameters<T> checked(std::string_view rule, Parameters<T> parameters) {
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
Optimizer<T>::Optimizer(const About& about, std::span<const char* const> slots,
                        Parameters<T> parameters)
    : about_(about),
      slots_(slots),
      parameters_(checked(about.name, std::move(parameters))),
      homes_(lay_side_by_side(parameters_)) {
  arrays_.reserve(parameters_.size());
  pieces_.reserve(parameters_.size() + most_parts);  // a part's end may cut one in two
  std::vector<Shape> shapes;
  for (const auto& parameter : parameters_) shapes.push_back(parameter->value.shape());
  for (std::size_t slot = 0; slot < slots_.size(); ++slot)
    std::ranges::move(side_by_side<T>(shapes), std::back_inserter(state_));
}

template <class T>
void Optimizer<T>::zero_grad() {
  for (const auto& parameter : parameters_) parameter->has_grad = false;
}

template <class T>
void Optimizer<T>::collect() {
  arrays_.clear();
  for (std::size_t p = 0; p < parameters_.size(); ++p) {
    Parameter<T>& parameter = *parameters_[p];
    if (!parameter.has_grad) continue;
    const std::size_t size = parameter.value.size();
    Arrays<T> arrays{.value = parameter.value.data(),
                     .grad = parameter.grad.data(),
                     .state = {},
                     .size = homes_[p].holds(parameter) ? padded<T>(size) : size};
    bool fits = parameter.grad.size() == size;
    for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
      Tensor<T>& state = state_[slot * parameters_.size() + p];
      fits = fits && state.size() == size;
      arrays.state[slot] = state.data();
    }
    if (!fits)
      throw ShapeError(text(name(), ": parameter '", parameter.name, "' of shape ",
                            parameter.value.shape(), " has a gradient of shape ",
                            parameter.grad.shape(),
                            "; both must keep the shape the optimizer was made with"));
    if (!arrays_.empty() && arrays_.back().continued_by(arrays, slots_.size()))
      arrays_.back().size += arrays.size;
    else
      arrays_.push_back(arrays);
  }
}

template <class T>
template <class Work>
std::size_t Optimizer<T>::for_each_part(Work work) {
  std::size_t total = 0;
  for (const Arrays<T>& arrays : arrays_) total += arrays.size;
  constexpr std::size_t least_elements = 16384;
  const std::size_t parts = std::min(parallel::parts_for(total, least_elements), most_parts);
  if (parts == 1) {
    work(0, std::span<const Arrays<T>>(arrays_));
    return 1;
  }

  std::array<std::size_t, most_parts + 1> first{};  // of a part's pieces
  pieces_.clear();
  std::size_t array = 0;
  std::size_t begin = 0;  // of what is left of the array
  for (std::size_t part = 0; part < parts; ++part) {
    constexpr std::size_t unit = Memory::alignment / sizeof(T);
    for (std::size_t left = parallel::part_of(total, parts, part, unit).size(); left > 0;) {
      const std::size_t size = std::min(left, arrays_[array].size - begin);
      pieces_.push_back(arrays_[array].piece(begin, size));
      left -= size;
      begin += size;
      if (begin < arrays_[array].size) continue;
      ++array;
      begin = 0;
    }
    first[part + 1] = pieces_.size();
  }
  parallel::run(parts, [&](std::size_t part) {
    work(part,
         std::span<const Arrays<T>>(pieces_).subspan(first[part], first[part + 1] - first[part]));
  });
  return parts;
}

template <class T>
double Optimizer<T>::gradient_norm() {
  collect();
  std::array<double, most_parts> squares;
  const std::size_t parts = for_each_part([&](std::size_t part, std::span<const Arrays<T>> pieces) {
    squares[part] = 0;
    simd::dispatch([&](auto level) {
      for (const Arrays<T>& piece : pieces)
        squares[part] += kernels::sum_of_squares<decltype(level)>(piece.grad, piece.size);
    });
  });
  return std::sqrt(std::accumulate(squares.begin(), squares.begin() + parts, 0.0));
}

template <class T>
void Optimizer<T>::step() {
  collect();
  for_each_part(
      [&](std::size_t, std::span<const Arrays<T>> pieces) { update(steps_ + 1, pieces); });
  ++steps_;
}

template <class T>
std::vector<StateEntry<T>> Optimizer<T>::state() const {
  std::vector<StateEntry<T>> entries;
  for (std::size_t p = 0; p < parameters_.size(); ++p)
    for (std::size_t slot = 0; slot < slots_.size(); ++slot)
      entries.push_back({.slot = slots_[slot],
                         .parameter = parameters_[p]->name,
                         .tensor = state_[slot * parameters_.size() + p]});
  return entries;
}

template <class T>
Tensor<T> Optimizer<T>::state(std::string_view slot, std::string_view parameter) const {
  std::vector<std::string> known;
  for (const StateEntry<T>& entry : state()) {
    if (entry.slot == slot && entry.parameter == parameter) return entry.tensor;
    known.push_back(text(entry.slot, " of ", entry.parameter));
  }
  const std::string wanted = text(slot, " of ", parameter);
  throw UnknownName(text(name(), ": no state '", wanted, "'", suggestion(wanted, known)));
}

template class Optimizer<float>;
template class Optimizer<double>;

}  // namespace ravine::optim
