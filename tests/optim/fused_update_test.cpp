// The variants of the vectorised updates against the plain loop, at each level that this processor
// has.
#include "ravine/optim/fused_update.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "ravine/tensor/simd.hpp"
#include "support/simd_levels.hpp"

namespace ravine::optim::testing {
namespace {

constexpr std::size_t size = 53;

/// A parameter with its gradient and state, and one guard element behind each array.
template <class T>
struct Buffers {
  std::vector<std::vector<T>> arrays = std::vector<std::vector<T>>(2 + max_slots);

  Buffers() {
    for (std::size_t a = 0; a < arrays.size(); ++a)
      for (std::size_t i = 0; i <= size; ++i)
        // Between 0.01 and 1.01: a second moment must not be negative.
        arrays[a].push_back(T(0.01 + std::fmod(0.618 * double(i + 1) + 0.3 * double(a), 1.0)));
  }
  Arrays<T> view() {
    Arrays<T> view{.value = arrays[0].data(), .grad = arrays[1].data(), .state = {}, .size = size};
    for (std::size_t slot = 0; slot < max_slots; ++slot) view.state[slot] = arrays[2 + slot].data();
    return view;
  }
};

template <class Level, class Rule, class T>
void agrees_with_the_plain_loop(const Rule& rule) {
  Buffers<T> fused, plain;
  for (Step t = 1; t <= 3; ++t) {
    const Arrays<T> fused_view = fused.view(), plain_view = plain.view();
    std::get<FusedUpdate<Rule, T>>(fused_updates_for<Level>())(rule, t, {&fused_view, 1});
    update_each<T>(rule, t, std::span(&plain_view, 1));
  }
  const double tolerance = 20 * double(std::numeric_limits<T>::epsilon());
  for (std::size_t a = 0; a < fused.arrays.size(); ++a)
    for (std::size_t i = 0; i <= size; ++i)
      EXPECT_NEAR(fused.arrays[a][i], plain.arrays[a][i], tolerance)
          << Rule::about.name << " at " << Level::name << ", array " << a << ", element " << i;
  // The plain loop does not touch the guards; the fused one must not either.
  for (std::size_t a = 0; a < fused.arrays.size(); ++a)
    EXPECT_EQ(fused.arrays[a][size], plain.arrays[a][size]);
}

template <class Level, class... Rules>
void every_rule_agrees(RuleList<Rules...>) {
  (agrees_with_the_plain_loop<Level, Rules, float>({.weight_decay = 0.1}), ...);
  (agrees_with_the_plain_loop<Level, Rules, double>({.weight_decay = 0.1}), ...);
}

TEST(FusedUpdate, EveryLevelAgreesWithThePlainLoop) {
  test::for_each_level([](auto level) { every_rule_agrees<decltype(level)>(BuiltinRules{}); });
}

TEST(FusedUpdate, RunsTheLevelThatWasChosen) {
  const FusedUpdates& chosen = fused_updates();
#ifdef RAVINE_SIMD_VARIANTS
  if (simd::level() == simd::Level::avx512)
    EXPECT_EQ(&chosen, &fused_updates_for<simd::Avx512>());
  else if (simd::level() == simd::Level::avx2)
    EXPECT_EQ(&chosen, &fused_updates_for<simd::Avx2>());
  else
#endif
    EXPECT_EQ(&chosen, &fused_updates_for<simd::Baseline>());
}

}  // namespace
}  // namespace ravine::optim::testing
