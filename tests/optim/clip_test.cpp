#include "ravine/optim/clip.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "optim/one_tensor.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

std::vector<double> gradient_of(const Parameter<double>& parameter) {
  return {parameter.grad.values().begin(), parameter.grad.values().end()};
}

TEST(ClipGradNorm, ScalesAllGradientsByOneFactor) {
  const auto a = parameter<double>({0, 0}, "a");
  const auto b = parameter<double>({0}, "b");
  give_gradient(*a, std::vector<double>{3, 0});
  give_gradient(*b, std::vector<double>{-4});
  const auto optimizer = make("sgd", Parameters<double>{a, b});
  EXPECT_EQ(clip_grad_norm(*optimizer, 2.5), 5);
  EXPECT_EQ(gradient_of(*a), (std::vector<double>{1.5, 0}));
  EXPECT_EQ(gradient_of(*b), (std::vector<double>{-2}));
}

TEST(ClipGradNorm, LeavesSmallAndSpoiltGradientsAlone) {
  const auto w = parameter<double>({0, 0});
  const auto optimizer = make("sgd", Parameters<double>{w});
  give_gradient(*w, std::vector<double>{3, -4});
  EXPECT_EQ(clip_grad_norm(*optimizer, 5), 5);
  EXPECT_EQ(gradient_of(*w), (std::vector<double>{3, -4}));

  const double infinity = std::numeric_limits<double>::infinity();
  give_gradient(*w, std::vector<double>{infinity, 1});
  EXPECT_EQ(clip_grad_norm(*optimizer, 5), infinity);
  EXPECT_EQ(gradient_of(*w), (std::vector<double>{infinity, 1}));
}

TEST(ClipGradNorm, PassesByParametersWithoutGradient) {
  const auto a = parameter<double>({0}, "a");
  const auto b = parameter<double>({0}, "b");
  give_gradient(*a, std::vector<double>{10});
  const auto optimizer = make("sgd", Parameters<double>{a, b});
  b->grad.fill(7);
  EXPECT_EQ(clip_grad_norm(*optimizer, 1), 10);
  EXPECT_EQ(gradient_of(*b), (std::vector<double>{7}));
}

TEST(ClipGradValue, BringsEachElementIntoBounds) {
  const auto w = parameter<double>({0, 0, 0, 0});
  const auto optimizer = make("sgd", Parameters<double>{w});
  give_gradient(*w, std::vector<double>{-3, -0.5, 0.25, 9});
  clip_grad_value(*optimizer, 0.5);
  EXPECT_EQ(gradient_of(*w), (std::vector<double>{-0.5, -0.5, 0.25, 0.5}));
}

TEST(ClipGrad, RefusesALimitThatIsNotAboveZero) {
  const auto w = parameter<double>({0});
  const auto optimizer = make("sgd", Parameters<double>{w});
  give_gradient(*w, std::vector<double>{3});
  EXPECT_EQ(test::message<InputError>([&] { clip_grad_norm(*optimizer, -1); }),
            "clip_grad_norm: the largest norm must be above 0, -1 was given");
  EXPECT_EQ(test::message<InputError>([&] { clip_grad_value(*optimizer, 0); }),
            "clip_grad_value: the limit must be above 0, 0 was given");
  EXPECT_EQ(gradient_of(*w), (std::vector<double>{3}));
}

}  // namespace
}  // namespace ravine::optim::testing
