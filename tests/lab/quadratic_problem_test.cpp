// Quadratics against values and gradients worked out by hand.
#include "ravine/lab/quadratic_problem.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pointwise;

const Tensor<double> two_by_two({2, 2}, {2, 1, 1, 2});  // 1 along (1, -1), 3 along (1, 1)

struct ValueAndGradient {
  double value;
  std::vector<double> gradient;
};

ValueAndGradient at(const QuadraticProblem& problem, const std::vector<double>& point) {
  const auto w = parameter(Tensor<double>({point.size()}, point));
  const Variable<double> value = objective(problem)(w);
  value.backward();
  return {value.item(), w.grad().to_vector()};
}

TEST(QuadraticProblem, HasTheFunctionOfItsDiagonal) {
  const QuadraticProblem problem = diagonal_problem(std::vector{2.0, 10.0}, std::vector{4.0, 5.0});
  // 1/2 (2*9 + 10*1) - (4*3 - 5) = 7; gradient (6 - 4, -10 - 5).
  const auto [value, gradient] = at(problem, {3, -1});
  EXPECT_DOUBLE_EQ(value, 7);
  EXPECT_THAT(gradient, ElementsAre(2, -15));
  EXPECT_THAT(problem.minimum, ElementsAre(2, 0.5));
  EXPECT_THAT(at(problem, problem.minimum).gradient, ElementsAre(0, 0));
}

TEST(QuadraticProblem, HasTheFunctionOfItsMatrix) {
  const QuadraticProblem problem = matrix_problem("A", two_by_two, std::vector{1.0, 5.0});
  // w = (1, 2): Aw = (4, 5), 1/2 w'Aw - b'w = 7 - 11.
  const auto [value, gradient] = at(problem, {1, 2});
  EXPECT_DOUBLE_EQ(value, -4);
  EXPECT_THAT(gradient, Pointwise(DoubleNear(1e-14), {3.0, 0.0}));
  EXPECT_THAT(problem.curvatures, Pointwise(DoubleNear(1e-14), {1.0, 3.0}));
  EXPECT_THAT(problem.minimum, Pointwise(DoubleNear(1e-14), {-1.0, 3.0}));
}

TEST(QuadraticProblem, ComponentsAreAlongItsEigenvectors) {
  const QuadraticProblem problem = matrix_problem("A", two_by_two, std::vector{3.0, 3.0});
  // w* = (1, 1). From it, (2, 4) is sqrt 2 (along (1, -1), either sign) and 4 / sqrt 2.
  const std::vector<double> point{2, 4};
  const auto x = components_of(problem, point);
  EXPECT_NEAR(std::abs(x[0]), std::sqrt(2.0), 1e-14);
  EXPECT_NEAR(std::abs(x[1]), 4 / std::sqrt(2.0), 1e-14);
  EXPECT_THAT(point_of(problem, x), Pointwise(DoubleNear(1e-14), point));
}

TEST(QuadraticProblem, RefusesCurvaturesThatAreNotAboveZero) {
  const auto refusal = [](double curvature) {
    return test::message([&] { diagonal_problem(std::vector{1.0, curvature}); });
  };
  EXPECT_EQ(refusal(0), "eigenvalues: number 2 is 0, but each must be finite and above 0");
  EXPECT_THAT(refusal(-3), HasSubstr("number 2 is -3"));
  EXPECT_THAT(refusal(std::numeric_limits<double>::infinity()), HasSubstr("number 2 is inf"));
  EXPECT_THAT(refusal(std::numeric_limits<double>::quiet_NaN()), HasSubstr("number 2 is nan"));
  EXPECT_EQ(refusal(1e-320),
            "eigenvalues: number 2 is 9.99989e-321, but must be from 1e-100 to 1e+100 (take other "
            "units)");
  EXPECT_THAT(refusal(1e308), HasSubstr("number 2 is 1e+308"));
  EXPECT_EQ(refusal(1e-30),
            "eigenvalues: from 1e-30 to 1 the condition number is 1e+30, but rounding allows at "
            "most 1e+15");
  EXPECT_EQ(test::message([] { diagonal_problem(std::vector<double>{}); }),
            "eigenvalues: there is none (give 1 or more)");
}

TEST(QuadraticProblem, RefusesAMatrixThatIsNotPositiveDefinite) {
  const auto refusal = [](const Tensor<double>& a) {
    return test::message([&] { matrix_problem("a.csv", a); });
  };
  EXPECT_THAT(refusal(Tensor<double>({2, 2}, {1, 2, 2, 1})),
              HasSubstr("a.csv: is not positive definite: its smallest eigenvalue is -1 (all must "
                        "be above 0)"));
  EXPECT_THAT(refusal(Tensor<double>({2, 2}, {1, 1, 1, 1})), HasSubstr("0 to rounding"));
  EXPECT_THAT(refusal(Tensor<double>({2, 2}, {0, 0, 0, 0})), HasSubstr("not positive definite"));
}

TEST(QuadraticProblem, RefusesNumbersThatLeaveADoublesRange) {
  const auto refusal = [](double element) {
    return test::message([&] {
      matrix_problem("a.csv", Tensor<double>({2, 2}, {element, 0, 0, element}));
    });
  };
  EXPECT_EQ(refusal(1e308),
            "a.csv: the largest element in size is 1e+308, but must be from 1e-100 to 1e+100 (take "
            "other units)");
  EXPECT_THAT(refusal(1e-200), HasSubstr("the largest element in size is 1e-200"));
  const std::vector<double> b{1e308, 1};
  EXPECT_EQ(test::message([&] {
              diagonal_problem(std::vector{1.0, 2.0}, b);
            }),
            "b: the function's value at its minimum is -inf (give smaller numbers)");
  EXPECT_THAT(test::message([&] { matrix_problem("A", two_by_two, b); }),
              HasSubstr("b: the function's value at its minimum is"));
}

TEST(QuadraticProblem, RefusesALinearTermOfAnotherLength) {
  EXPECT_EQ(test::message([] {
              diagonal_problem(std::vector{1.0, 2.0}, std::vector{1.0});
            }),
            "b: 1 number for 2 components (give 2)");
}

}  // namespace
}  // namespace ravine::lab
