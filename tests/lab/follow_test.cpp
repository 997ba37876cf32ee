// What a visitor sees of a run; trajectory_test.cpp holds the points themselves against references.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "ravine/autograd/reduce.hpp"
#include "ravine/lab/trajectory.hpp"

namespace ravine::lab {
namespace {

using testing::ElementsAre;

Variable<double> half_square(const Variable<double>& w) { return 0.5 * sum(w * w); }

struct Seen {
  std::vector<std::size_t> steps, gradients;
  std::vector<double> values;
};

TEST(Follow, ShowsEveryPointOfAnyShape) {
  // A rate of 1/2 halves the point, and so quarters the function.
  Seen seen;
  std::vector<double> last;
  const Tensor<double> start({2, 2}, {8, 4, 0, -8});
  const bool went_well =
      follow(half_square, start, {.settings = {{"lr", 0.5}}, .steps = 2}, [&](const Visited& at) {
        seen.steps.push_back(at.step);
        seen.gradients.push_back(at.gradients);
        seen.values.push_back(at.value);
        last.assign(at.w.begin(), at.w.end());
        return true;
      });
  EXPECT_TRUE(went_well);
  EXPECT_THAT(seen.steps, ElementsAre(0, 1, 2));
  EXPECT_THAT(seen.gradients, ElementsAre(0, 1, 2));
  EXPECT_THAT(seen.values, ElementsAre(72, 18, 4.5));
  EXPECT_THAT(last, ElementsAre(2, 1, 0, -2));
  EXPECT_EQ(start[0], 8);
}

TEST(Follow, EndsWhenTheVisitorHasSeenEnough) {
  std::size_t visits = 0;
  EXPECT_TRUE(follow(half_square, Tensor<double>({1}, {1}), {.steps = 100},
                     [&](const Visited& at) { return ++visits, at.step < 3; }));
  EXPECT_EQ(visits, 4U);
}

TEST(Follow, CountsTheGradientsOfALineSearch) {
  std::size_t gradients = 0;
  const Objective bent = [](const Variable<double>& w) { return sum(w * w * w * w); };
  follow(bent, Tensor<double>({2}, {3, -1}), {.optimizer = "lbfgs", .steps = 1},
         [&](const Visited& at) {
           if (at.step == 0) {
             EXPECT_EQ(at.gradients, 0U);
           }
           gradients = at.gradients;
           return true;
         });
  EXPECT_GT(gradients, 1U);
}

TEST(Follow, SaysThatTheRunLeftAllNumbers) {
  std::size_t last = 0;
  EXPECT_FALSE(follow(half_square, Tensor<double>({1}, {1}),
                      {.settings = {{"lr", 1e200}}, .steps = 10}, [&](const Visited& at) {
                        last = at.step;
                        return true;
                      }));
  EXPECT_EQ(last, 0U);  // (1 - 1e200)^2 is more than a double holds
}

}  // namespace
}  // namespace ravine::lab
