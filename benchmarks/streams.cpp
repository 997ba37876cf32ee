#include "streams.hpp"

#include <array>
#include <barrier>
#include <stdexcept>
#include <thread>
#include <utility>

#include "stopwatch.hpp"

namespace ravine::benchmarks {
namespace {

constexpr std::size_t most_slots = 4;
using Arrays = std::array<float*, most_slots + 2>;

template <std::size_t slots>
void pass(const Arrays& arrays, std::size_t begin, std::size_t end) {
  float* __restrict w = arrays[0];
  const float* __restrict g = arrays[1];
  [&]<std::size_t... slot>(std::index_sequence<slot...>) {
    [[maybe_unused]] const std::array<float*, slots> state{arrays[slot + 2]...};
#pragma GCC ivdep
    for (std::size_t i = begin; i < end; ++i) {
      const float a = g[i];
      w[i] += a;
      ((state[slot][i] += a), ...);
    }
  }
  (std::make_index_sequence<slots>());
}

using Pass = void (*)(const Arrays&, std::size_t begin, std::size_t end);
constexpr std::array<Pass, most_slots + 1> passes{pass<0>, pass<1>, pass<2>, pass<3>, pass<4>};

}  // namespace

Streams::Streams(std::size_t slots, std::size_t tensors, std::size_t elements)
    : tensors_(tensors,
               std::vector<std::vector<float>>(slots + 2, std::vector<float>(elements, 1e-3F))) {
  if (slots > most_slots) throw std::invalid_argument("the floor knows rules of up to 4 slots");
}

double Streams::seconds_per_pass(std::size_t threads, double seconds) {
  const Pass one_pass = passes.at(tensors_.front().size() - 2);
  std::vector<Arrays> arrays;
  for (auto& tensor : tensors_) {
    Arrays& row = arrays.emplace_back();
    for (std::size_t i = 0; i < tensor.size(); ++i) row[i] = tensor[i].data();
  }
  const std::size_t elements = tensors_.front().front().size();
  const auto part = [&](std::size_t number) {
    for (const Arrays& row : arrays)
      one_pass(row, elements * number / threads, elements * (number + 1) / threads);
  };

  bool over = false;
  std::barrier together(static_cast<std::ptrdiff_t>(threads));
  std::vector<std::jthread> helpers;
  for (std::size_t number = 1; number < threads; ++number)
    helpers.emplace_back([&, number] {
      for (together.arrive_and_wait(); !over; together.arrive_and_wait()) {
        part(number);
        together.arrive_and_wait();
      }
    });
  const double mean = seconds_per_call(seconds, [&] {
    if (threads > 1) together.arrive_and_wait();
    part(0);
    if (threads > 1) together.arrive_and_wait();
  });
  over = true;
  together.arrive_and_wait();
  return mean;
}

}  // namespace ravine::benchmarks
