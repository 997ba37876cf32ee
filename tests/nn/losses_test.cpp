// Losses against their definitions, worked out with the standard library in double.
#include "ravine/nn/losses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "nn/support.hpp"
#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/nn/loss_kernels.hpp"
#include "support/gradient_check.hpp"
#include "support/random_tensor.hpp"
#include "support/simd_levels.hpp"

namespace ravine {
namespace {

using nn::testing::message;
using testing::AllOf;
using testing::HasSubstr;

Tensor<double> vector(const std::vector<double>& values) { return {{values.size()}, values}; }

const Tensor<double> predictions = vector({1, -2, 0.5, 4});
const Tensor<double> targets = vector({1.5, 1, 0.5, -1});  // differences -0.5 -3 0 5

TEST(Losses, AreTheirDefinitions) {
  EXPECT_DOUBLE_EQ(mse_loss<double>(predictions, targets).item(), (0.25 + 9 + 0 + 25) / 4);
  EXPECT_DOUBLE_EQ(half_mse_loss<double>(predictions, targets).item(), (0.25 + 9 + 0 + 25) / 8);
  EXPECT_DOUBLE_EQ(l1_loss<double>(predictions, targets).item(), 8.5 / 4);
  // Within delta d^2 / 2, beyond it delta (d - delta / 2).
  EXPECT_DOUBLE_EQ(huber_loss<double>(predictions, targets).item(), (0.125 + 2.5 + 0 + 4.5) / 4);
  EXPECT_DOUBLE_EQ(huber_loss<double>(predictions, targets, 3).item(), (0.125 + 4.5 + 10.5) / 4);
  EXPECT_DOUBLE_EQ(huber_loss<double>(predictions, targets, 100).item(), 34.25 / 8);
}

TEST(Losses, BceIsItsDefinition) {
  const Tensor<double> labels = vector({0, 1, 0.25, 1});
  double expected = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const double p = 1 / (1 + std::exp(-predictions[i]));
    expected -= (labels[i] * std::log(p) + (1 - labels[i]) * std::log(1 - p)) / 4;
  }
  EXPECT_NEAR(bce_with_logits<double>(predictions, labels).item(), expected, 1e-14);
}

TEST(Losses, BceStaysFiniteForExtremeLogits) {
  const Tensor<float> logits({4}, {1e4F, -1e4F, 1e4F, -1e4F});
  EXPECT_EQ(bce_with_logits<float>(logits, Tensor<float>({4}, {1, 0, 1, 0})).item(), 0);
  EXPECT_EQ(bce_with_logits<float>(logits, Tensor<float>({4}, {0, 1, 0, 1})).item(), 1e4F);
}

/// -(1/n) sum_r sum_c q_rc log p_rc, q = (1 - e) [c is the class] + e / C.
double cross_entropy_by_definition(const Tensor<double>& logits, const std::vector<int>& classes,
                                   double smoothing) {
  const std::size_t columns = logits.shape()[1];
  double total = 0;
  for (std::size_t r = 0; r < classes.size(); ++r) {
    double sum = 0;
    for (std::size_t c = 0; c < columns; ++c) sum += std::exp(logits[r * columns + c]);
    for (std::size_t c = 0; c < columns; ++c) {
      const double q = (static_cast<int>(c) == classes[r] ? 1 - smoothing : 0) +
                       smoothing / static_cast<double>(columns);
      total -= q * std::log(std::exp(logits[r * columns + c]) / sum);
    }
  }
  return total / static_cast<double>(classes.size());
}

TEST(Losses, CrossEntropyIsItsDefinition) {
  const Tensor<double> logits({3, 4}, {1, 2, 3, 4, -1, 0, 0.5, 2, 0, 0, 0, 0});
  const Tensor<double> classes = vector({2, 0, 3});
  for (const double smoothing : {0., 0.1, 0.5, 1.})
    EXPECT_NEAR(cross_entropy<double>(logits, classes, smoothing).item(),
                cross_entropy_by_definition(logits, {2, 0, 3}, smoothing), 1e-14)
        << smoothing;
  EXPECT_NEAR(cross_entropy<double>(Tensor<double>::zeros({1, 10}), vector({7})).item(),
              std::log(10), 1e-15);
}

TEST(Losses, CrossEntropyStaysFiniteForExtremeLogits) {
  const Tensor<float> logits({2, 3}, {1e4F, 0, -1e4F, -1e4F, 1e4F, 0});
  EXPECT_EQ(cross_entropy<float>(logits, Tensor<float>({2}, {0, 1})).item(), 0);
  EXPECT_EQ(cross_entropy<float>(logits, Tensor<float>({2}, {2, 0})).item(), 2e4F);
  const auto parameter_logits = parameter(logits.clone());
  cross_entropy(parameter_logits, Tensor<float>({2}, {2, 0})).backward();
  EXPECT_EQ(parameter_logits.grad().to_vector(),
            (std::vector<float>{0.5F, 0, -0.5F, -0.5F, 0.5F, 0}));
}

TEST(Losses, Gradients) {
  const Tensor<double> target = vector({0.3, -0.2, 0.9});
  const Tensor<double> probability = vector({0, 1, 0.3});
  const Tensor<double> classes = vector({2, 0, 1});
  const auto agree = [](const char* name, const Shape& shape,
                        const std::function<Variable<double>(const Variable<double>&)>& loss) {
    EXPECT_TRUE(test::gradients_agree(
        name, [&](const test::Variables& v) { return loss(v[0]); },
        test::draw_inputs({shape}, {{.low = -3, .high = 3, .kinks = {0.3, -0.2, 0.9}}})));
  };
  agree("mse_loss", {3}, [&](const auto& x) { return mse_loss(x, target); });
  agree("mse_loss", {3, 1}, [&](const auto& x) { return mse_loss(x, target); });
  agree("half_mse_loss", {3}, [&](const auto& x) { return half_mse_loss(x, target); });
  agree("l1_loss", {3}, [&](const auto& x) { return l1_loss(x, target); });
  agree("huber_loss", {3}, [&](const auto& x) { return huber_loss(x, target, 0.7); });
  agree("bce_with_logits", {3}, [&](const auto& x) { return bce_with_logits(x, probability); });
  agree("cross_entropy", {3, 4}, [&](const auto& x) { return cross_entropy(x, classes); });
  agree("cross_entropy", {3, 4}, [&](const auto& x) { return cross_entropy(x, classes, 0.2); });
}

using Loss = Variable<double> (*)(const Variable<double>&, const Tensor<double>&);
const std::vector<std::pair<std::string, Loss>> elementwise_losses{
    {"mse_loss", mse_loss<double>},
    {"half_mse_loss", half_mse_loss<double>},
    {"l1_loss", l1_loss<double>},
    {"huber_loss", [](const auto& x, const auto& t) { return huber_loss(x, t); }},
    {"bce_with_logits", bce_with_logits<double>}};

/// A loss for itself, and the same put together from operations of autograd.
struct LossPair {
  std::string name;
  std::function<Variable<double>(const Variable<double>&, const Tensor<double>&)> fused;
  std::function<Variable<double>(const Variable<double>&, const Tensor<double>&)> composed;
};

const std::vector<LossPair> loss_pairs{
    {"mse_loss", mse_loss<double>,
     [](const auto& x, const auto& t) {
       const auto d = x - t;
       return mean(d * d);
     }},
    {"half_mse_loss", half_mse_loss<double>,
     [](const auto& x, const auto& t) {
       const auto d = x - t;
       return 0.5 * mean(d * d);
     }},
    {"l1_loss", l1_loss<double>, [](const auto& x, const auto& t) { return mean(abs(x - t)); }},
    {"huber_loss", [](const auto& x, const auto& t) { return huber_loss(x, t, 0.7); },
     [](const auto& x, const auto& t) {
       const auto d = abs(x - t);
       const auto q = minimum(d, 0.7);
       return mean(q * (d - 0.5 * q));
     }},
    {"bce_with_logits", bce_with_logits<double>,
     [](const auto& x, const auto& t) { return mean(softplus(x) - x * t); }},
};

TEST(Losses, AgreeWithTheirCompositesForAnyShape) {
  Generator generator(3);
  for (const Shape& shape :
       {Shape{}, {1}, {2}, {7}, {8}, {9}, {10}, {17}, {5, 3}, {64, 1}, {4097}, {10'001}})
    for (const LossPair& pair : loss_pairs) {
      const auto x = test::random_tensor<double>(shape, generator);
      auto t = Tensor<double>::uninitialized(shape);
      fill_uniform(t, 0, 1, generator);
      const auto fused = parameter(x.clone());
      const auto composed = parameter(x.clone());
      // Used twice, and not with 1 from above.
      const auto loss = pair.fused(fused, t);
      (3 * loss + pair.fused(fused, t)).backward();
      const auto expected = pair.composed(composed, t);
      (4 * expected).backward();
      EXPECT_NEAR(loss.item(), expected.item(), 1e-14 * (1 + std::abs(expected.item())))
          << pair.name << ' ' << text(shape);
      for (std::size_t i = 0; i < x.size(); ++i)
        ASSERT_NEAR(fused.grad()[i], composed.grad()[i], 1e-15)
            << pair.name << ' ' << text(shape) << " at " << i;
    }
}

TEST(Losses, OfNothingAreNaNAndHaveEmptyGradients) {
  for (const LossPair& pair : loss_pairs) {
    const auto x = parameter(Tensor<double>::zeros({0, 3}));
    const auto loss = pair.fused(x, Tensor<double>::zeros({0, 3}));
    EXPECT_TRUE(std::isnan(loss.item())) << pair.name;
    loss.backward();
    EXPECT_EQ(x.grad().shape(), (Shape{0, 3})) << pair.name;
  }
}

TEST(Losses, PassNaNOn) {
  for (const LossPair& pair : loss_pairs) {
    const auto x = parameter(vector({1, std::nan(""), 3}));
    const auto loss = pair.fused(x, vector({0, 0, 1}));
    EXPECT_TRUE(std::isnan(loss.item())) << pair.name;
    loss.backward();
    EXPECT_FALSE(std::isnan(x.grad()[0])) << pair.name;
    EXPECT_TRUE(std::isnan(x.grad()[1])) << pair.name;
  }
}

template <class T>
class LossKernelsOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(LossKernelsOf, Scalars);

TYPED_TEST(LossKernelsOf, AgreeWithTheDefinitionsAtEveryLevel) {
  using T = TypeParam;
  using L = long double;
  const L epsilon = std::numeric_limits<T>::epsilon();
  Generator generator(4);
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    for (const std::size_t n : {0, 1, 2, 3, 4, 5, 8, 10, 15, 16, 17, 33, 5000}) {
      const auto x = test::random_tensor<T>({n}, generator);
      auto t = Tensor<T>::uninitialized({n});
      fill_uniform(t, 0, 1, generator);
      const T factor = T(0.3);
      const auto expect = [&](const char* name, auto kernel, auto value, auto slope) {
        auto gradient = Tensor<T>::full({n + 1}, T(7));
        const double sum = kernel(gradient.data());
        EXPECT_EQ(gradient[n], T(7)) << name << ' ' << Level::name;
        L exact = 0;
        for (std::size_t i = 0; i < n; ++i) {
          exact += value(L(x[i]), L(t[i]));
          ASSERT_LE(std::abs(gradient[i] - (factor * slope(L(x[i]), L(t[i])))), 4 * epsilon)
              << name << ' ' << Level::name;
        }
        // Lanes of at most 4096 / 4 positive terms, in all likelihood much nearer.
        ASSERT_LE(std::abs(sum - exact), (5 + static_cast<L>(n) / 100) * epsilon * exact)
            << name << ' ' << n << ' ' << Level::name;
      };
      expect(
          "half_square",
          [&](T* g) { return kernels::half_square<Level>(x.data(), t.data(), factor, g, n); },
          [](L p, L y) { return (p - y) * (p - y) / 2; }, [](L p, L y) { return p - y; });
      expect(
          "absolute",
          [&](T* g) { return kernels::absolute<Level>(x.data(), t.data(), factor, g, n); },
          [](L p, L y) { return std::abs(p - y); }, [](L p, L y) { return L(p > y) - L(p < y); });
      const L delta = T(0.5);
      expect(
          "huber",
          [&](T* g) { return kernels::huber<Level>(x.data(), t.data(), T(0.5), factor, g, n); },
          [=](L p, L y) {
            const L d = std::abs(p - y);
            return d <= delta ? d * d / 2 : delta * (d - delta / 2);
          },
          [=](L p, L y) { return std::clamp(p - y, -delta, delta); });
      expect(
          "bce_with_logits",
          [&](T* g) { return kernels::bce_with_logits<Level>(x.data(), t.data(), factor, g, n); },
          [](L p, L y) { return std::log1p(std::exp(p)) - y * p; },
          [](L p, L y) { return 1 / (1 + std::exp(-p)) - y; });
    }
  });
}

TYPED_TEST(LossKernelsOf, CrossEntropyAgreesWithItsDefinitionAtEveryLevel) {
  using T = TypeParam;
  using L = long double;
  const L epsilon = std::numeric_limits<T>::epsilon();
  Generator generator(5);
  for (const std::size_t columns : {1, 2, 3, 5, 8, 10, 16, 17, 40, 64, 65, 1000})
    for (const std::size_t rows : {1, 7, 65})
      for (const double smoothing : {0., 0.1})
        for (const T around : {T(0), T(1000)}) {
          const auto noise = test::random_tensor<T>({rows, columns}, generator);
          auto x = Tensor<T>::uninitialized({rows, columns});
          for (std::size_t i = 0; i < x.size(); ++i) x[i] = around + 3 * noise[i];
          auto classes = Tensor<T>::uninitialized({rows});
          for (T& c : classes.values()) c = static_cast<T>(generator.below(columns));
          const T factor = T(1) / static_cast<T>(rows);
          test::for_each_level([&](auto level) {
            using Level = decltype(level);
            ASSERT_EQ((kernels::first_bad_class<Level>(classes.data(), rows, columns)), rows);
            auto gradient = Tensor<T>::full({rows * columns + 1}, T(7));
            const double loss = kernels::cross_entropy<Level>(
                x.data(), classes.data(),
                {.on_class = 1 - smoothing, .on_all = smoothing / static_cast<double>(columns)},
                factor, gradient.data(), rows, columns);
            ASSERT_EQ(gradient[rows * columns], T(7));
            L exact = 0;
            for (std::size_t r = 0; r < rows; ++r) {
              L total = 0;
              for (std::size_t c = 0; c < columns; ++c)
                total += std::exp(L(x[r * columns + c]) - around);
              for (std::size_t c = 0; c < columns; ++c) {
                const L log_p = L(x[r * columns + c]) - around - std::log(total);
                const L q = (static_cast<T>(c) == classes[r] ? 1 - smoothing : 0) +
                            smoothing / static_cast<double>(columns);
                exact -= q * log_p;
                ASSERT_LE(std::abs(gradient[r * columns + c] - (factor * (std::exp(log_p) - q))),
                          12 * epsilon * factor)
                    << Level::name << ' ' << rows << " x " << columns;
              }
            }
            ASSERT_LE(std::abs(loss - exact), 8 * epsilon * (exact + static_cast<L>(rows)))
                << Level::name << ' ' << rows << " x " << columns;
          });
        }
}

TYPED_TEST(LossKernelsOf, TheFirstBadClassIsFoundWhereverItIs) {
  using T = TypeParam;
  test::for_each_level([&](auto level) {
    using Level = decltype(level);
    for (const std::size_t n : {1, 3, 16, 37})
      for (std::size_t at = 0; at < n; ++at)
        for (const T bad : {T(-1), T(10), T(2.5), std::numeric_limits<T>::quiet_NaN()}) {
          auto classes = Tensor<T>::full({n}, T(9));
          classes[at] = bad;
          classes[n - 1] = bad;
          ASSERT_EQ((kernels::first_bad_class<Level>(classes.data(), n, std::size_t{10})), at)
              << Level::name << ' ' << bad;
        }
  });
}

TEST(Losses, CrossEntropyKeepsItsDigitsForLargeLogits) {
  // log(1 + e^-1 + e^-2), whatever is added to all logits.
  const double expected = std::log1p(std::exp(-1.) + std::exp(-2.));
  for (const float shift : {0.F, 1000.F, -1000.F, 100'000.F}) {
    const Tensor<float> logits({1, 3}, {shift, shift - 1, shift - 2});
    EXPECT_NEAR(cross_entropy<float>(logits, Tensor<float>({1}, {0})).item(), expected, 1e-7)
        << shift;
  }
}

TEST(Losses, FitAColumnToAVectorAndNothingElse) {
  const Tensor<double> column = predictions.reshape({4, 1});
  for (const auto& [name, loss] : elementwise_losses) {
    const double expected = loss(predictions, targets).item();
    EXPECT_EQ(loss(column, targets).item(), expected) << name;
    EXPECT_EQ(loss(predictions, targets.reshape({4, 1})).item(), expected) << name;
    EXPECT_THAT(message<ShapeError>([&] {
                  loss(Tensor<double>::ones({4, 2}), targets);
                }),
                AllOf(HasSubstr(name), HasSubstr("[4, 2]"), HasSubstr("[4]")));
    EXPECT_THAT(message<ShapeError>([&] { loss(Tensor<double>::ones({3}), targets); }),
                AllOf(HasSubstr(name), HasSubstr("[3]"), HasSubstr("[4]")));
    EXPECT_THAT(message<ShapeError>([&] { loss(Tensor<double>::ones({1}), targets); }),
                HasSubstr(name));
  }
}

TEST(Losses, CrossEntropyFitsClassesToRows) {
  const Tensor<double> logits = Tensor<double>::zeros({3, 4});
  for (const auto& [x, t] : std::vector<std::pair<Shape, Shape>>{
           {{3, 4}, {2}}, {{3, 4}, {3, 4}}, {{4}, {4}}, {{0, 4}, {0}}, {{3, 0}, {3}}})
    EXPECT_THAT(message<ShapeError>([&, &xs = x, &ts = t] {
                  cross_entropy<double>(Tensor<double>::zeros(xs), Tensor<double>::zeros(ts));
                }),
                AllOf(HasSubstr("cross_entropy"), HasSubstr(text(x)), HasSubstr(text(t))));
}

TEST(Losses, RefuseValuesOutOfRange) {
  const Tensor<double> logits = Tensor<double>::zeros({1, 4});
  const auto with_class = [&](double index) {
    return message<InputError>([&] { cross_entropy<double>(logits, vector({index})); });
  };
  EXPECT_EQ(with_class(4), "cross_entropy: 4 is not a class index from 0 to 3");
  EXPECT_EQ(with_class(-1), "cross_entropy: -1 is not a class index from 0 to 3");
  EXPECT_EQ(with_class(1.5), "cross_entropy: 1.5 is not a class index from 0 to 3");
  EXPECT_THAT(with_class(std::numeric_limits<double>::quiet_NaN()),
              HasSubstr("nan is not a class"));
  EXPECT_THAT(with_class(1e300), HasSubstr("is not a class index"));
  for (const double bad : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THAT(message<InputError>([&] { cross_entropy<double>(logits, vector({0}), bad); }),
                HasSubstr("label_smoothing must be in [0, 1]"));
  for (const double bad : {0., -1., std::numeric_limits<double>::quiet_NaN()})
    EXPECT_THAT(message<InputError>([&] { huber_loss<double>(predictions, targets, bad); }),
                HasSubstr("huber_loss: delta must be above 0"));
}

}  // namespace
}  // namespace ravine
