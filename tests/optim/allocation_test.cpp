#include "support/allocations.hpp"

#include <gtest/gtest.h>

#include "optim/one_tensor.hpp"
#include "ravine/optim/registry.hpp"
#include "support/with_threads.hpp"

namespace ravine::optim::testing {
namespace {

using test::allocations_of;

TEST(Allocation, AStepMakesNone) {
  for (const std::size_t threads : {1, 2}) {
    const test::WithThreads with(threads);
    parallel::run(2, [](std::size_t) {});  // starts the pool
    for (const RuleInfo& rule : rules()) {
      // Rules that search along a line allocate until their history is full: see lbfgs_test.cpp.
      if (rule.scope == Scope::all_parameters) continue;
      // Enough for two threads, in pieces.
      Parameters<float> parameters;
      for (const std::size_t size : {10U, 50'000U, 1000U, 1U, 100U}) {
        parameters.push_back(parameter<float>(std::vector<double>(size, 1), "w"));
        give_gradient(*parameters.back(), std::vector<double>(size, 1));
      }
      const auto optimizer = make(rule.about.name, parameters);
      const auto step = [&] {
        optimizer->gradient_norm();
        optimizer->step();
      };
      EXPECT_EQ(allocations_of(step), 0U) << rule.about.name << ", threads " << threads;
      optimizer->set("lr", 0.05);
      EXPECT_EQ(allocations_of(step), 0U) << rule.about.name;
      // What was one piece becomes several.
      parameters[3]->has_grad = false;
      EXPECT_EQ(allocations_of(step), 0U) << rule.about.name;
      EXPECT_EQ(allocations_of([&] { optimizer->zero_grad(); }), 0U);
    }
  }
}

TEST(Allocation, IsCounted) {
  if (!test::allocations_are_counted) return;
  EXPECT_GE(allocations_of([] { parameter<float>({1, 2, 3}); }), 1U);
}

}  // namespace
}  // namespace ravine::optim::testing
