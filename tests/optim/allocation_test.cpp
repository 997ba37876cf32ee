#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "optim/one_tensor.hpp"
#include "ravine/optim/registry.hpp"

namespace {

std::atomic<int> allocations = 0;

}  // namespace

// Every allocation of this program passes here, to be counted. The aligned forms are those that
// tensors use.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* place = std::malloc(size)) return place;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  ++allocations;
  const auto unit = static_cast<std::size_t>(alignment);
  if (void* place = std::aligned_alloc(unit, (size + unit - 1) / unit * unit)) return place;
  throw std::bad_alloc();
}
void operator delete(void* place) noexcept { std::free(place); }
void operator delete(void* place, std::size_t) noexcept { std::free(place); }
void operator delete(void* place, std::align_val_t) noexcept { std::free(place); }
void operator delete(void* place, std::size_t, std::align_val_t) noexcept { std::free(place); }

namespace ravine::optim::testing {
namespace {

TEST(Allocation, AStepMakesNone) {
  for (const RuleInfo& rule : rules()) {
    const auto a = parameter<float>(std::vector<double>(1000, 1), "a");
    const auto b = parameter<float>(std::vector<double>(10, 1), "b");
    give_gradient(*a, std::vector<double>(1000, 1));
    give_gradient(*b, std::vector<double>(10, 1));
    const auto optimizer = make(rule.about.name, Parameters<float>{a, b});
    const int before = allocations;
    EXPECT_GT(before, 0);
    for (int i = 0; i < 3; ++i) {
      optimizer->set("lr", 0.1 / (i + 1));
      optimizer->step();
    }
    EXPECT_EQ(allocations - before, 0) << rule.about.name;
  }
}

}  // namespace
}  // namespace ravine::optim::testing
