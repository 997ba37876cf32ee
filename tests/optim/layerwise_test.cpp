// Rules that treat each tensor alone, worked by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "optim/one_tensor.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/registry.hpp"

namespace ravine::optim::testing {
namespace {

TEST(Layerwise, LambMeasuresEachTensorByItself) {
  // At the first step without epsilon the direction is the gradient's sign.
  const auto a = parameter<double>({3, 4}, "a");
  const auto b = parameter<double>({2}, "b");
  const auto zero = parameter<double>({0, 0}, "zero");
  const auto optimizer = make(Lamb{.lr = 0.1, .eps = 0}, Parameters<double>{a, b, zero});
  give_gradient(*a, std::vector<double>{7, -0.5});
  give_gradient(*b, std::vector<double>{-3});
  give_gradient(*zero, std::vector<double>{2, -2});
  optimizer->step();
  EXPECT_NEAR(a->value[0], 3 - 0.1 * 5 / std::sqrt(2.0), 1e-14);
  EXPECT_NEAR(a->value[1], 4 + 0.1 * 5 / std::sqrt(2.0), 1e-14);
  EXPECT_NEAR(b->value[0], 2 + 0.1 * 2, 1e-14);
  EXPECT_NEAR(zero->value[0], -0.1, 1e-14) << "the ratio of norms is 1 where one is 0";
  EXPECT_EQ(find_rule("lamb").scope, Scope::tensor);
}

/// A rule of a user's own: the gradient at the length of the tensor.
struct Proportional {
  double lr = 0.01, weight_decay = 0;

  static constexpr About about{"proportional", "a step in proportion to the tensor",
                               "w ← w − lr ‖w‖ / ‖g‖ · g", "after You et al. (2017), LARS"};
  static constexpr Decay decay = Decay::decoupled;
  static constexpr Slot<Proportional> slots[] = {{"g"}};
  static constexpr auto fields =
      table(lr_field(&Proportional::lr), weight_decay_field(&Proportional::weight_decay));

  template <class T>
  auto at(Step) const {
    return [](auto&, auto g, auto& kept) { kept = g; };
  }
  template <class T>
  auto direction(Step) const {
    return [](auto, auto kept) { return kept; };
  }
  double rate(double norm_w, double norm_r) const { return lr * norm_w / norm_r; }
};

TEST(Layerwise, TakesTheUsersOwnRuleWithItsDecay) {
  // The decay makes (3, 4) to 0.9 (3, 4), of norm 4.5; the gradient's is 10.
  const auto w = parameter<double>({3, 4});
  const auto optimizer = make(Proportional{.lr = 0.5, .weight_decay = 0.2}, Parameters<double>{w});
  step(*optimizer, std::vector<double>{6, -8});
  EXPECT_NEAR(w->value[0], 2.7 - 0.5 * 4.5 / 10 * 6, 1e-14);
  EXPECT_NEAR(w->value[1], 3.6 + 0.5 * 4.5 / 10 * 8, 1e-14);
}

}  // namespace
}  // namespace ravine::optim::testing
