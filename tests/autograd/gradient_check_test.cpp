#include "support/gradient_check.hpp"

#include <gmock/gmock.h>

// The checker itself: it must fail on each way a gradient is usually wrong.

namespace ravine::test {
namespace {

using testing::HasSubstr;

/// x * y elementwise, with the gradient that `gradient(dy, x, y)` gives for x.
Function product_with(double (*gradient)(double dy, double x, double y)) {
  return [gradient](const Variables& inputs) {
    const Tensor<double> x = inputs[0].value().clone();
    const Tensor<double> y = inputs[1].value().clone();
    Tensor<double> product = x.clone();
    for (std::size_t i = 0; i < x.size(); ++i) product[i] = x[i] * y[i];
    return record<double>("product", product, {&inputs[0], &inputs[1]},
                          [x, y, gradient](const Backward<double>& backward) {
                            const Tensor<double>& dy = backward.grad();
                            Tensor<double> dx = dy.clone();
                            Tensor<double> other = dy.clone();
                            for (std::size_t i = 0; i < dx.size(); ++i) {
                              dx[i] = gradient(dy[i], x[i], y[i]);
                              other[i] = dy[i] * x[i];
                            }
                            backward.add(0, dx);
                            backward.add(1, other);
                          });
  };
}

testing::AssertionResult check(const Function& function) {
  return gradients_agree("product", function, draw_inputs({{2, 3}, {2, 3}}, {{}}));
}

TEST(GradientCheck, PassesOnTheRightGradient) {
  EXPECT_TRUE(check(product_with([](double dy, double, double y) { return dy * y; })));
}

TEST(GradientCheck, FailsOnAWrongSign) {
  EXPECT_FALSE(check(product_with([](double dy, double, double y) { return -dy * y; })));
  EXPECT_FALSE(check(product_with([](double dy, double, double y) { return dy * std::abs(y); })));
}

TEST(GradientCheck, FailsOnAWrongScale) {
  EXPECT_FALSE(check(product_with([](double dy, double, double y) { return 2 * dy * y; })));
  EXPECT_FALSE(check(product_with([](double dy, double, double y) { return 1.00001 * dy * y; })));
}

TEST(GradientCheck, FailsOnAMissingOrExtraTerm) {
  EXPECT_FALSE(check(product_with([](double dy, double, double) { return dy; })));
  EXPECT_FALSE(check(product_with([](double, double, double y) { return y; })));
  EXPECT_FALSE(check(product_with([](double dy, double x, double y) { return dy * (y + x); })));
  EXPECT_FALSE(check(product_with([](double, double, double) { return 0.0; })));
}

TEST(GradientCheck, FailsOnANaN) {
  EXPECT_FALSE(check(product_with([](double, double, double) { return std::nan(""); })));
}

TEST(GradientCheck, FailsWhereOneElementIsWrong) {
  const Function swapped = [](const Variables& inputs) {
    const Variable<double>& x = inputs[0];
    return record<double>("copy", x.value().clone(), {&x}, [](const Backward<double>& backward) {
      Tensor<double> dx = backward.grad().clone();
      std::swap(dx[0], dx[1]);
      backward.add(0, dx);
    });
  };
  EXPECT_FALSE(gradients_agree("copy", swapped, draw_inputs({{3}}, {{}})));
}

TEST(GradientCheck, FailsWhereAGradientOverwritesAnEarlierOne) {
  const Function overwriting = [](const Variables& inputs) {
    const Variable<double>& x = inputs[0];
    return record<double>("copy", x.value().clone(), {&x}, [](const Backward<double>& backward) {
      backward.target(0).grad.assign(backward.grad());
    });
  };
  EXPECT_FALSE(gradients_agree("copy", overwriting, draw_inputs({{3}}, {{}})));
}

TEST(GradientCheck, NamesOperationInputElementAndBothValues) {
  const auto result = check(product_with([](double dy, double, double y) { return -dy * y; }));
  EXPECT_THAT(result.message(), HasSubstr("product (all inputs): input 0 of shape [2, 3], element"
                                          " 0"));
  EXPECT_THAT(result.message(), HasSubstr("backward gives"));
  EXPECT_THAT(result.message(), HasSubstr("central differences give"));
}

TEST(GradientCheck, InputsKeepApartAndAwayFromKinks) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const auto inputs = draw_inputs({{4, 5}, {7}}, {{.kinks = {0, 1}}}, seed);
    std::vector<double> all = inputs[0].to_vector();
    all.insert(all.end(), inputs[1].values().begin(), inputs[1].values().end());
    std::ranges::sort(all);
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_GE(std::min(std::abs(all[i]), std::abs(all[i] - 1)), 9e-4);
      if (i > 0) {
        EXPECT_GT(all[i] - all[i - 1], 0.05);
      }
    }
  }
}

}  // namespace
}  // namespace ravine::test
