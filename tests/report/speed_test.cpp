#include "ravine/report/speed.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>
#include <thread>

#include "ravine/report/busy_cores.hpp"
#include "ravine/report/machine.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::report {
namespace {

using testing::SizeIs;

TEST(Speed, IsMeasuredAtOneThreadAndAtThoseInUse) {
  const std::size_t threads_before = threads();
  const Speed speed = measure_speed(2, 0, 0.2);
  EXPECT_EQ(threads(), threads_before);
  ASSERT_THAT(speed.products, SizeIs(4));
  ASSERT_THAT(speed.memory, SizeIs(2));
  ASSERT_THAT(speed.steps, SizeIs(2));
  EXPECT_EQ(speed.products.front().threads, 1U);
  EXPECT_EQ(speed.products.back().threads, 2U);
  // More than any processor could do would be a mistake in the units; less, a busy machine.
  for (const ProductSpeed& product : speed.products) {
    EXPECT_GT(product.gflops, 0.0);
    EXPECT_LT(product.gflops, 2000.0);
  }
  for (const MemorySpeed& memory : speed.memory) {
    EXPECT_GE(memory.bytes, std::size_t{1} << 26U);
    EXPECT_GT(memory.gigabytes_per_second, 0.0);
    EXPECT_LT(memory.gigabytes_per_second, 2000.0);
  }
  // 784*32 + 32*10 weights, six operations each for 16 examples: 2.4 million operations at least.
  for (const StepSpeed& step : speed.steps) EXPECT_GT(step.seconds, 1e-6);
}

TEST(Speed, OfOneThreadIsMeasuredOnce) {
  EXPECT_THAT(measure_speed(1, 0, 0.05).products, SizeIs(2));
}

TEST(Speed, OfMemoryLiesBeyondTheLastCache) {
  constexpr std::size_t cache = std::size_t{20} << 20U;
  EXPECT_EQ(measure_speed(1, cache, 0.05).memory.front().bytes, 4 * cache);
}

TEST(BusyCores, DoNotCountThisProcess) {
  const std::size_t cores = this_machine(1).all_cores;
  const BusyCores watch;
  const auto begin = std::chrono::steady_clock::now();
  const std::clock_t own_begin = std::clock();
  const auto end = begin + std::chrono::milliseconds(400);
  std::vector<std::jthread> busy;
  for (std::size_t i = 0; i < cores; ++i)
    busy.emplace_back([end] {
      while (std::chrono::steady_clock::now() < end) {
      }
    });
  busy.clear();
  const double taken = watch.taken_by_others();
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
  const double own = static_cast<double>(std::clock() - own_begin) / CLOCKS_PER_SEC;
  // However busy the machine is: no core is taken twice.
  EXPECT_GE(taken, 0.0);
  EXPECT_LE(taken + own / passed.count(), static_cast<double>(cores) * 1.5);
}

TEST(Machine, HasCoresAndNames) {
  const Machine machine = this_machine(2);
  EXPECT_GE(machine.usable_cores, 1U);
  EXPECT_GE(machine.all_cores, machine.usable_cores);
  EXPECT_EQ(machine.environment.threads, 2U);
  EXPECT_THAT(machine.blas_library, testing::HasSubstr("OpenBLAS"));
  EXPECT_THAT(machine.best_simd, testing::AnyOf("baseline", "avx2", "avx512"));
}

}  // namespace
}  // namespace ravine::report
