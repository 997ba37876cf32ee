#include "ravine/autograd/linear.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <ostream>
#include <utility>
#include <vector>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/structure.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "support/random_tensor.hpp"
#include "support/throws.hpp"
#include "support/with_threads.hpp"

namespace ravine {
namespace {

using test::random_tensor;
using test::throws;
using testing::AllOf;
using testing::HasSubstr;

template <class T>
class LinearOf : public testing::Test {};
using Scalars = testing::Types<float, double>;
TYPED_TEST_SUITE(LinearOf, Scalars);

TYPED_TEST(LinearOf, IsTheProductPlusBiasActivated) {
  using T = TypeParam;
  Generator generator(1);
  for (const std::size_t out : {1, 7, 16, 33}) {
    const auto x = random_tensor<T>({2, 3, 5}, generator);
    const auto w = random_tensor<T>({out, 5}, generator);
    const auto b = random_tensor<T>({out}, generator);
    auto z = Tensor<T>::uninitialized({2, 3, out});
    for (std::size_t r = 0; r < 6; ++r)
      for (std::size_t o = 0; o < out; ++o) {
        double total = b[o];
        for (std::size_t i = 0; i < 5; ++i)
          total += static_cast<double>(x[r * 5 + i]) * w[o * 5 + i];
        z[r * out + o] = static_cast<T>(total);
      }
    for (const std::string& name : activation_names()) {
      const Activation activation = activation_named(name);
      const auto y = linear<T>(x, w, b, activation).value();
      const auto expected = activate<T>(z, activation).value();
      ASSERT_EQ(y.shape(), z.shape());
      for (std::size_t i = 0; i < y.size(); ++i)
        ASSERT_NEAR(y[i], expected[i], 30 * std::numeric_limits<T>::epsilon()) << name;
    }
  }
}

/// Multiples of 1/4 in [-1, 1]: sums of their products are exact in float, in whatever order they
/// are taken.
template <class T>
Tensor<T> quarters(const Shape& shape, Generator& generator) {
  Tensor<T> tensor = Tensor<T>::uninitialized(shape);
  for (T& x : tensor.values()) x = static_cast<T>(generator.below(9)) / 4 - 1;
  return tensor;
}

/// Which of the inputs is there a gradient for: x as a parameter, as the result of another
/// operation, or none; the weight and the bias as parameters, or none.
enum class Source { parameter, result, constant };

template <class T>
struct Gradients {
  Tensor<T> y;
  std::vector<Tensor<T>> of_leaves;  // x, weight, bias; empty where there is none
};

struct Layer {
  Shape x;
  std::size_t out;
  Source x_source = Source::parameter;
  bool trained = true;

  friend std::ostream& operator<<(std::ostream& stream, const Layer& layer) {
    return stream << "x " << layer.x << ", out " << layer.out << ", source "
                  << static_cast<int>(layer.x_source) << ", trained " << layer.trained;
  }
};

/// y and the gradients of sum(g y) for some g, `passes` times backward, from `layer_of(x, w, b)`.
template <class T, class LayerOf>
Gradients<T> gradients_of(const Layer& layer, int passes, LayerOf layer_of) {
  Generator generator(17);
  const std::size_t in = layer.x.back();
  const std::size_t out = layer.out;
  const Variable<T> x_leaf = parameter(quarters<T>(layer.x, generator));
  Variable<T> w = parameter(quarters<T>({out, in}, generator));
  Variable<T> b = parameter(quarters<T>({out}, generator));
  const Tensor<T> g = quarters<T>(layer.x.with(layer.x.rank() - 1, out), generator);
  Variable<T> x = x_leaf;
  if (layer.x_source == Source::result) x = -x_leaf;
  if (layer.x_source == Source::constant) x = x_leaf.detach();
  if (!layer.trained) {
    w = w.detach();
    b = b.detach();
  }

  const Variable<T> y = layer_of(x, w, b);
  if (y.requires_grad()) {
    const Variable<T> loss = sum(y * Variable<T>(g));
    for (int pass = 0; pass < passes; ++pass) loss.backward({.retain_graph = pass + 1 < passes});
  }
  Gradients<T> result{.y = y.value().clone(), .of_leaves = {}};
  for (const Variable<T>* leaf : {&x_leaf, &std::as_const(w), &std::as_const(b)})
    result.of_leaves.push_back(
        leaf->parameter() && leaf->parameter()->has_grad ? leaf->grad().clone() : Tensor<T>());
  return result;
}

template <class T>
Variable<T> composed(const Variable<T>& x, const Variable<T>& w, const Variable<T>& b,
                     Activation activation) {
  const std::size_t in = w.shape()[1];
  const std::size_t out = w.shape()[0];
  const std::size_t rank = x.shape().rank();
  const std::size_t rows = x.shape().without(rank - 1).size();
  const Variable<T> z = matmul(reshape(x, {rows, in}), transpose(w)) + b;
  return reshape(activate(z, activation), x.shape().with(rank - 1, out));
}

/// To so many units in the last place of the largest element; 0 for equality.
template <class T>
void expect_close(const Tensor<T>& tensor, const Tensor<T>& expected, double ulps) {
  ASSERT_EQ(tensor.shape(), expected.shape());
  double largest = 0;
  for (const T e : expected.values()) largest = std::max(largest, std::abs(double(e)));
  for (std::size_t i = 0; i < tensor.size(); ++i)
    ASSERT_NEAR(tensor[i], expected[i], ulps * std::numeric_limits<T>::epsilon() * largest) << i;
}

const std::vector<Layer> layers{
    {.x = {5}, .out = 3},
    {.x = {1}, .out = 1},
    {.x = {1, 1}, .out = 1},
    {.x = {1, 70}, .out = 35},
    {.x = {7, 1}, .out = 9},
    {.x = {33, 17}, .out = 1},
    {.x = {2, 3, 5}, .out = 17},
    {.x = {2, 3, 5}, .out = 17, .x_source = Source::result},
    {.x = {6, 5}, .out = 17, .x_source = Source::constant},
    {.x = {6, 5}, .out = 17, .x_source = Source::result, .trained = false},
    {.x = {2, 3, 5}, .out = 16, .x_source = Source::parameter, .trained = false},
    // Nothing to compute.
    {.x = {0, 4}, .out = 3},
    {.x = {3, 0, 2}, .out = 5},
    {.x = {4, 0}, .out = 3},
    {.x = {4, 3}, .out = 0},
    // Worth the help of other threads, cut by rows and by columns.
    {.x = {300, 21}, .out = 41},
    {.x = {61, 30}, .out = 135},
    {.x = {4, 32, 49}, .out = 65, .x_source = Source::result},
    {.x = {1030, 3}, .out = 67, .x_source = Source::constant},
};

TYPED_TEST(LinearOf, AgreesWithTheOperationsItIsMadeOf) {
  using T = TypeParam;
  for (const std::size_t count : {1, 2, 3})
    for (const Layer& layer : layers)
      for (const std::string& name : activation_names())
        for (const int passes : {1, 2}) {
          SCOPED_TRACE(text(layer, ", ", name, ", threads ", count, ", passes ", passes));
          const test::WithThreads with(count);
          const Activation activation = activation_named(name);
          const auto fused = gradients_of<T>(
              layer, passes, [&](auto&... inputs) { return linear(inputs..., activation); });
          const auto plain = gradients_of<T>(
              layer, passes, [&](auto&... inputs) { return composed(inputs..., activation); });
          // Exact numbers stay so through these two.
          const bool is_exact =
              activation == Activation::identity || activation == Activation::relu;
          expect_close(fused.y, plain.y, is_exact ? 0 : 4);
          for (std::size_t leaf = 0; leaf < 3; ++leaf) {
            SCOPED_TRACE(text("leaf ", leaf));
            const auto terms = static_cast<double>(layer.x.size() + layer.out);
            expect_close(fused.of_leaves[leaf], plain.of_leaves[leaf],
                         is_exact ? 0 : 4 + std::sqrt(terms));
          }
          ASSERT_FALSE(testing::Test::HasFatalFailure());
        }
}

TYPED_TEST(LinearOf, TheSameThreadsGiveTheSameBits) {
  using T = TypeParam;
  Generator generator(3);
  const auto x = random_tensor<T>({129, 47}, generator);
  const auto w = random_tensor<T>({65, 47}, generator);
  const auto b = random_tensor<T>({65}, generator);
  const auto run = [&] {
    const Variable<T> leaves[] = {parameter(x), parameter(w), parameter(b)};
    const Variable<T> y = linear(leaves[0], leaves[1], leaves[2], Activation::tanh);
    sum(y * y).backward();
    std::vector<T> all = y.value().to_vector();
    for (const Variable<T>& leaf : leaves)
      all.insert(all.end(), leaf.grad().values().begin(), leaf.grad().values().end());
    return all;
  };
  std::vector<T> alone;
  for (const std::size_t count : {1, 2, 3}) {
    const test::WithThreads with(count);
    const std::vector<T> first = run();
    for (int i = 0; i < 10; ++i) ASSERT_EQ(run(), first) << count;
    if (count == 1) alone = first;
    // Between numbers of threads, the last bits alone.
    for (std::size_t i = 0; i < first.size(); ++i)
      ASSERT_NEAR(first[i], alone[i],
                  500 * std::numeric_limits<T>::epsilon() * (1 + std::abs(alone[i])));
  }
}

TYPED_TEST(LinearOf, TakesOneVariableInTwoPlaces) {
  using T = TypeParam;
  for (const std::size_t count : {1, 3}) {
    const test::WithThreads with(count);
    Generator generator(4);
    const Tensor<T> square = quarters<T>({75, 75}, generator);
    const Tensor<T> row = quarters<T>({75}, generator);
    const auto expect_same = [](const Variable<T>& one, const Variable<T>& same) {
      expect_close(one.grad(), same.grad(), 0);
    };
    const Variable<T> w = parameter(square.clone());
    const Variable<T> w_of_composed = parameter(square.clone());
    sum(linear<T>(w, w, row)).backward();
    sum(composed<T>(w_of_composed, w_of_composed, row, Activation::identity)).backward();
    expect_same(w, w_of_composed);

    const Variable<T> b = parameter(row.clone());
    const Variable<T> b_of_composed = parameter(row.clone());
    sum(linear<T>(b, square, b, Activation::relu)).backward();
    sum(composed<T>(b_of_composed, square, b_of_composed, Activation::relu)).backward();
    expect_same(b, b_of_composed);
  }
}

TYPED_TEST(LinearOf, NotANumberStaysOne) {
  using T = TypeParam;
  auto x = Tensor<T>::ones({3, 2});
  x[2] = std::numeric_limits<T>::quiet_NaN();
  const auto w = Tensor<T>::ones({17, 2});
  const auto b = Tensor<T>::ones({17});
  for (const std::string& name : activation_names()) {
    const auto y = linear<T>(x, w, b, activation_named(name)).value();
    for (std::size_t i = 0; i < y.size(); ++i) ASSERT_EQ(std::isnan(y[i]), i / 17 == 1) << name;
  }
}

TEST(Linear, ErrorsNameAllShapes) {
  const auto zeros = [](const Shape& shape) {
    return Variable<float>(Tensor<float>::zeros(shape));
  };
  const auto expect_refused = [&](const Shape& x, const Shape& w, const Shape& b) {
    EXPECT_TRUE(throws<ShapeError>([&] { linear(zeros(x), zeros(w), zeros(b)); },
                                   AllOf(HasSubstr("linear"), HasSubstr(text("x ", x)),
                                         HasSubstr(text("weight ", w)), HasSubstr(text(b)))));
  };
  expect_refused({2, 3}, {5, 4}, {5});
  expect_refused({2, 4}, {5, 4}, {4});
  expect_refused({2, 4}, {5, 4}, {5, 1});
  expect_refused({2, 4}, {4}, {4});
  expect_refused({}, {5, 4}, {5});
}

TEST(Matmul, OfVariablesNamesBothShapes) {
  const Variable<float> a(Tensor<float>::zeros({2, 3}));
  EXPECT_TRUE(throws<ShapeError>([&] { matmul(a, a); },
                                 AllOf(HasSubstr("matmul"), HasSubstr("[2, 3] and [2, 3]"))));
}

TEST(Activation, GoesByItsName) {
  for (const std::string& name : activation_names())
    EXPECT_EQ(name_of(activation_named(name)), name);
  EXPECT_TRUE(throws<UnknownName>([] { activation_named("rleu"); },
                                  AllOf(HasSubstr("'rleu'"), HasSubstr("did you mean 'relu'"))));
}

}  // namespace
}  // namespace ravine
