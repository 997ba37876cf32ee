#include "ravine/autograd/tape.hpp"

#include <gmock/gmock.h>

#include <array>
#include <memory>
#include <thread>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/grad_mode.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine {
namespace {

using test::throws;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

using V = Variable<double>;

V leaf(double value, std::string name = "w") {
  return parameter(Tensor<double>::scalar(value), std::move(name));
}
double gradient(const V& x) { return x.grad().item(); }

/// x itself, with a token that its gradient function keeps alive.
V passed_on(const V& x, std::shared_ptr<int> token) {
  return record<double>("passed_on", x.value().clone(), {&x},
                        [token = std::move(token)](const Backward<double>& backward) {
                          backward.add(0, backward.grad().clone());
                        });
}

/// x itself, whose gradient function throws.
V failing(const V& x) {
  return record<double>("failing", x.value().clone(), {&x},
                        [](const Backward<double>&) { throw Error("the gradient failed"); });
}

TEST(Backward, AddsToTheGradientsOfEarlierCalls) {
  const V w = leaf(3);
  (w * w).backward();
  EXPECT_EQ(gradient(w), 6);
  (2 * w).backward();
  EXPECT_EQ(gradient(w), 8);
  w.parameter()->has_grad = false;
  (2 * w).backward();
  EXPECT_EQ(gradient(w), 2);
}

TEST(Backward, AddsUpWhereAValueIsUsedOften) {
  const V w = leaf(2);
  const V x = 3 * w;
  (x * x + x + w * x).backward();  // 9 w^2 + 3 w + 3 w^2
  EXPECT_EQ(gradient(w), 24 * 2 + 3);
}

TEST(Backward, VisitsANodeAfterAllThatUseIt) {
  // A diamond whose sides differ in length: the value must wait for the longer one.
  const V w = leaf(2);
  const V x = w * w;
  V longer = x;
  for (int i = 0; i < 10; ++i) longer = longer * 1.5;
  (x + longer).backward();
  EXPECT_NEAR(gradient(w), 4 * (1 + std::pow(1.5, 10)), 1e-12);
}

TEST(Backward, OfAChainOfSquares) {
  const V w = leaf(1.01);
  V x = w;
  for (int i = 0; i < 8; ++i) x = x * x;  // w^256
  x.backward();
  EXPECT_NEAR(gradient(w) / (256 * std::pow(1.01, 255)), 1, 1e-12);
}

TEST(Backward, ReachesOnlyWhatTheLossDependsOn) {
  const V a = leaf(1, "a");
  const V b = leaf(2, "b");
  const V unused = a * b;
  (a * 3).backward();
  EXPECT_EQ(gradient(a), 3);
  EXPECT_FALSE(b.parameter()->has_grad);
  EXPECT_TRUE(throws<StateError>([&] { b.grad(); }, AllOf(HasSubstr("grad"), HasSubstr("'b'"))));
}

TEST(Backward, TwiceThroughAGraphIsAnErrorThatNamesTheOperation) {
  const V w = leaf(3);
  const V loss = exp(w * w);
  loss.backward();
  EXPECT_TRUE(
      throws<StateError>([&] { loss.backward(); },
                         AllOf(HasSubstr("'exp'"), HasSubstr("freed"), HasSubstr("retain_graph"))));
  EXPECT_NEAR(gradient(w), 6 * std::exp(9.0), 1e-8);
}

TEST(Backward, TwiceIsFineWhereTheGraphWasRetained) {
  const V w = leaf(3);
  const V loss = w * w;
  loss.backward({.retain_graph = true});
  loss.backward({.retain_graph = true});
  loss.backward();
  EXPECT_EQ(gradient(w), 18);
  EXPECT_THROW(loss.backward(), StateError);
}

TEST(Backward, ThroughAPartThatAnotherLossFreedIsAnError) {
  const V w = leaf(3);
  const V shared = sin(w);
  const V first = shared * 2;
  const V second = shared * 3;
  first.backward();
  EXPECT_TRUE(throws<StateError>([&] { second.backward(); }, HasSubstr("'sin'")));
  // The tape goes on.
  const V v = leaf(5);
  (v * v).backward();
  EXPECT_EQ(gradient(v), 10);
}

TEST(Backward, StartsFromASingleNumber) {
  const V w = parameter(Tensor<double>::ones({2, 3}));
  EXPECT_TRUE(throws<ShapeError>([&] { (w * 2).backward(); },
                                 AllOf(HasSubstr("[2, 3]"), HasSubstr("sum or the mean"))));
  const V one = parameter(Tensor<double>::full({1, 1}, 3));
  (one * one).backward();
  EXPECT_EQ(one.grad().shape(), (Shape{1, 1}));
  EXPECT_EQ(one.grad().item(), 6);
}

TEST(Backward, OfWhatDependsOnNoParameterIsAnError) {
  EXPECT_TRUE(throws<StateError>([] { (V(1) + V(2)).backward(); }, HasSubstr("no parameter")));
  EXPECT_TRUE(throws<StateError>([] { leaf(1, "bias").backward(); }, HasSubstr("'bias'")));
  EXPECT_TRUE(throws<StateError>([] { V(1).grad(); }, HasSubstr("only parameters")));
}

TEST(Variable, KnowsWhetherItRequiresAGradient) {
  const V w = leaf(1);
  EXPECT_TRUE(w.requires_grad());
  EXPECT_FALSE(V(1).requires_grad());
  EXPECT_FALSE((V(1) * 2).requires_grad());
  EXPECT_TRUE((w * 2).requires_grad());
  EXPECT_FALSE((w * 2).detach().requires_grad());
}

TEST(Variable, DetachStopsTheGradient) {
  const V w = leaf(3);
  (w * w.detach()).backward();
  EXPECT_EQ(gradient(w), 3);
}

TEST(NoGrad, RecordsNothingWhileOneLives) {
  const V w = leaf(3);
  EXPECT_TRUE(grad_enabled());
  {
    const NoGrad outer;
    EXPECT_FALSE((w * w).requires_grad());
    {
      const NoGrad inner;
      EXPECT_FALSE(grad_enabled());
    }
    EXPECT_FALSE(grad_enabled());
  }
  EXPECT_TRUE(grad_enabled());
  EXPECT_TRUE((w * w).requires_grad());
}

TEST(NoGrad, IsOverAfterAnException) {
  try {
    const NoGrad off;
    throw Error("on the way");
  } catch (const Error&) {
  }
  EXPECT_TRUE(grad_enabled());
}

TEST(NoGrad, IsAThreadsOwn) {
  const NoGrad off;
  bool there = false;
  std::thread([&] { there = grad_enabled(); }).join();
  EXPECT_TRUE(there);
}

TEST(Tape, AGraphOf200000NodesNeedsNoDeepStack) {
  const V w = leaf(1);
  {
    V x = w;
    for (int i = 0; i < 200'000; ++i) x = x + 1e-6;
    x.backward();
    EXPECT_EQ(gradient(w), 1);
  }
  {
    V x = w;
    for (int i = 0; i < 200'000; ++i) x = x * 1.0;
    x.backward({.retain_graph = true});
    EXPECT_EQ(gradient(w), 2);
  }  // released here, front last
  V x = w;
  for (int i = 0; i < 200'000; ++i) x = -x;
  x = V();  // and without a backward
}

TEST(Tape, BackwardFreesWhatGradientsKeptUnlessRetained) {
  const auto token = std::make_shared<int>(0);
  const V w = leaf(1);
  const V loss = passed_on(w, token) * 2;
  EXPECT_EQ(token.use_count(), 2);
  loss.backward({.retain_graph = true});
  EXPECT_EQ(token.use_count(), 2);
  loss.backward();
  EXPECT_EQ(token.use_count(), 1);
}

TEST(Tape, AGraphDroppedWithoutBackwardLeavesNothingBehind) {
  const auto token = std::make_shared<int>(0);
  const V w = leaf(1);
  {
    V x = passed_on(w, token);
    for (int i = 0; i < 5; ++i) x = passed_on(x * x, token);
    EXPECT_EQ(token.use_count(), 7);
  }
  EXPECT_EQ(token.use_count(), 1);
  EXPECT_EQ(w.parameter().use_count(), 1);
}

TEST(Tape, ResultsMayOutliveWhatTheyCameFromAndEachOther) {
  V kept;
  const V w = leaf(2);
  {
    const V a = w * 3;
    const V b = a * a;
    kept = b + a;
  }
  kept.backward();
  EXPECT_EQ(gradient(w), 2 * 9 * 2 + 3);
  V later;
  {
    std::vector<V> many;
    for (int i = 0; i < 10; ++i) many.push_back(w * i);
    later = many[7];
  }
  w.parameter()->has_grad = false;
  later.backward();
  EXPECT_EQ(gradient(w), 7);
}

TEST(Tape, GraphsMayBeInterleaved) {
  const V a = leaf(2, "a");
  const V b = leaf(3, "b");
  V x = a;
  V y = b;
  for (int i = 0; i < 4; ++i) {
    x = x * a;
    y = y * b;
  }
  x.backward();
  EXPECT_FALSE(b.parameter()->has_grad);
  y.backward();
  EXPECT_EQ(gradient(a), 5 * 16);
  EXPECT_EQ(gradient(b), 5 * 81);
}

TEST(Tape, AnExceptionOnTheWayLeavesItUsable) {
  const auto token = std::make_shared<int>(0);
  const V w = leaf(2);
  {
    const V x = passed_on(w, token);
    const V broken = failing(x * x) * 2 + x;
    EXPECT_TRUE(throws<Error>([&] { broken.backward(); }, HasSubstr("the gradient failed")));
    // What was pending is gone: a second loss over a part of the graph sees nothing of it.
    w.parameter()->has_grad = false;
    (x * 5).backward();
    EXPECT_EQ(gradient(w), 5);
  }
  EXPECT_EQ(token.use_count(), 1);
  EXPECT_EQ(w.parameter().use_count(), 1);
}

TEST(Tape, NodesMayOutliveTheirThread) {
  const auto token = std::make_shared<int>(0);
  const V w = leaf(2);
  V survivor;
  std::thread([&] {
    const V x = passed_on(w, token);
    survivor = x * x;
  }).join();
  EXPECT_EQ(survivor.item(), 4);
  EXPECT_EQ(token.use_count(), 2);
  survivor.backward();
  EXPECT_EQ(gradient(w), 4);
  survivor = V();
  EXPECT_EQ(token.use_count(), 1);
}

TEST(Tape, AResultOfAnotherThreadIsNoOperandHere) {
  const V w = leaf(2);
  V survivor;
  std::thread([&] { survivor = exp(w); }).join();
  EXPECT_TRUE(throws<StateError>([&] { survivor* w; },
                                 AllOf(HasSubstr("multiply"), HasSubstr("'exp' on another"))));
  EXPECT_FALSE((survivor.detach() * 2).requires_grad());
  const NoGrad off;
  EXPECT_NEAR((survivor * w).item(), 2 * std::exp(2.0), 1e-12);
}

TEST(Tape, EachThreadHasItsOwn) {
  std::array<double, 4> gradients{};
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < gradients.size(); ++t)
    threads.emplace_back([&gradients, t] {
      const V w = leaf(static_cast<double>(t));
      for (int step = 0; step < 200; ++step) {
        w.parameter()->has_grad = false;
        V x = w;
        for (int i = 0; i < 20; ++i) x = x + w;
        (x * x).backward();
      }
      gradients[t] = gradient(w);
    });
  for (std::thread& thread : threads) thread.join();
  for (std::size_t t = 0; t < gradients.size(); ++t)
    EXPECT_EQ(gradients[t], 2 * 21 * 21 * static_cast<double>(t));
}

TEST(Record, SumsABroadcastGradientDownToTheInput) {
  const V w = parameter(Tensor<double>({3}, {1, 2, 3}));
  const V stretched =
      record<double>("stretch", Tensor<double>::ones({2, 3}), {&w},
                     [](const Backward<double>& backward) { backward.add(0, backward.grad()); });
  sum(stretched * Tensor<double>({2, 3}, {1, 2, 3, 10, 20, 30})).backward();
  EXPECT_THAT(w.grad().to_vector(), ElementsAre(11, 22, 33));
}

TEST(Record, AConstantInputNeedsNoGradient) {
  const V w = leaf(1);
  const V constant = 5;
  const V y = record<double>("both", Tensor<double>::scalar(6), {&w, &constant},
                             [](const Backward<double>& backward) {
                               EXPECT_TRUE(backward.needs(0));
                               EXPECT_FALSE(backward.needs(1));
                               backward.add(0, backward.grad().clone());
                               backward.add(1, backward.grad().clone());  // ignored
                             });
  y.backward();
  EXPECT_EQ(gradient(w), 1);
}

}  // namespace
}  // namespace ravine
