#include "ravine/report/speed.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

#include "ravine/nn/losses.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/report/busy_cores.hpp"
#include "ravine/tensor/matmul.hpp"
#include "ravine/tensor/threads.hpp"
#include "ravine/train/model.hpp"

namespace ravine::report {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// Of all calls that fit into the time, the shortest: the others found cold caches, sleeping
/// threads, a slow clock or a neighbour.
template <class Work>
double shortest(double budget, Work work) {
  const Clock::time_point begin = Clock::now();
  double best = std::numeric_limits<double>::infinity();
  do {
    const Clock::time_point call = Clock::now();
    work();
    best = std::min(best, seconds_since(call));
  } while (seconds_since(begin) < budget);
  return best;
}

struct Extents {
  std::size_t m, n, k;
};

ProductSpeed measure_product(const Extents& extents, double budget) {
  const auto [m, n, k] = extents;
  const auto a = Tensor<float>::full({m, k}, 0.5F);
  const auto b = Tensor<float>::full({n, k}, 0.5F);
  auto c = Tensor<float>::zeros({m, n});
  const double seconds = shortest(
      budget, [&] { matmul_into(c, false, a, b, blas::Transpose::no, blas::Transpose::yes); });
  const double operations = 2.0 * static_cast<double>(m) * static_cast<double>(n * k);
  return {.m = m, .n = n, .k = k, .threads = threads(), .gflops = 1e-9 * operations / seconds};
}

MemorySpeed measure_memory(std::vector<float>& values, double budget) {
  constexpr std::size_t cache_line = 64 / sizeof(float);
  const double seconds = shortest(budget, [&] {
    parallel::run(threads(), [&](std::size_t part) {
      const auto [begin, end] = parallel::part_of(values.size(), threads(), part, cache_line);
      for (std::size_t i = begin; i < end; ++i) values[i] += 1.0F;
    });
  });
  const std::size_t bytes = values.size() * sizeof(float);
  return {.bytes = bytes,
          .threads = threads(),
          .gigabytes_per_second = 2e-9 * static_cast<double>(bytes) / seconds};
}

StepSpeed measure_step(double budget) {
  constexpr std::size_t batch_size = 16;
  const train::Architecture architecture{.layers = {784, 32, 10}};
  Generator generator(1);
  nn::Sequential<float> network = train::make_network(architecture, generator);
  const auto optimizer = optim::make("adam", network.parameters());
  const auto x = Tensor<float>::full({batch_size, architecture.layers.front()}, 0.5F);
  const auto classes = Tensor<float>::zeros({batch_size});
  const double seconds = shortest(budget, [&] {
    optimizer->zero_grad();
    cross_entropy(network(x), classes).backward();
    optimizer->step();
  });
  return {.layers = architecture.layers,
          .batch_size = batch_size,
          .threads = threads(),
          .seconds = seconds};
}

/// Large enough that next to nothing of it is still in a cache when its turn comes again.
std::size_t bytes_beyond(std::size_t cache) {
  return std::clamp(4 * cache, std::size_t{1} << 26U, std::size_t{1} << 30U);
}

}  // namespace

Speed measure_speed(std::size_t threads, std::size_t last_cache, double seconds) {
  const std::size_t threads_before = ravine::threads();
  const BusyCores watch;
  Speed speed;
  std::vector<float> values(bytes_beyond(last_cache) / sizeof(float));
  std::vector<std::size_t> thread_counts{1};
  if (threads > 1) thread_counts.push_back(threads);
  const double budget = seconds / static_cast<double>(4 * thread_counts.size());
  for (const std::size_t count : thread_counts) {
    set_threads(count);
    for (const Extents& extents : {Extents{512, 512, 512}, Extents{64, 256, 784}})
      speed.products.push_back(measure_product(extents, budget));
    speed.memory.push_back(measure_memory(values, budget));
    speed.steps.push_back(measure_step(budget));
  }
  set_threads(threads_before);
  speed.cores_taken = watch.taken_by_others();
  return speed;
}

}  // namespace ravine::report
