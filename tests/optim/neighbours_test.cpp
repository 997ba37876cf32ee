#include "ravine/optim/neighbours.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "optim/one_tensor.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/random.hpp"
#include "support/random_tensor.hpp"
#include "support/with_threads.hpp"

namespace ravine::optim::testing {
namespace {

using test::WithThreads;

/// A parameter of random values with a random gradient.
template <class T>
std::shared_ptr<Parameter<T>> scattered(std::size_t size, const std::string& name,
                                        std::uint64_t seed = 1) {
  Generator generator(seed);
  auto made = std::make_shared<Parameter<T>>(name, test::random_tensor<T>({size}, generator));
  made->grad = test::random_tensor<T>({size}, generator);
  made->has_grad = true;
  return made;
}

TEST(Neighbours, StandSideBySideInWholeCacheLines) {
  const auto a = scattered<float>(3, "a");
  const auto large = scattered<float>(5000, "large");
  const auto b = scattered<float>(16, "b");
  const auto c = scattered<float>(17, "c");
  const std::vector<double> values_before = values(*b);
  const std::vector<float> grad_before = b->grad.to_vector();
  const float* large_place = large->value.data();
  const auto optimizer = make("adam", Parameters<float>{a, large, b, c});
  EXPECT_EQ(b->value.data(), a->value.data() + 16);
  EXPECT_EQ(c->value.data(), b->value.data() + 16);
  EXPECT_EQ(b->grad.data(), a->grad.data() + 16);
  EXPECT_EQ(c->grad.data(), b->grad.data() + 16);
  EXPECT_EQ(large->value.data(), large_place);
  EXPECT_EQ(values(*b), values_before);
  EXPECT_EQ(b->grad.to_vector(), grad_before) << "a gradient that waits for its step";
  EXPECT_TRUE(b->has_grad);
  for (const char* slot : {"m", "v"})
    EXPECT_EQ(optimizer->state(slot, "c").data(), optimizer->state(slot, "a").data() + 32);
}

TEST(Neighbours, AShapeOfMoreAxesStays) {
  const auto w =
      std::make_shared<Parameter<double>>("w", Tensor<double>({2, 3}, {1, 2, 3, 4, 5, 6}));
  const auto optimizer = make("sgd", Parameters<double>{w});
  EXPECT_EQ(w->value.shape(), (Shape{2, 3}));
  EXPECT_EQ(w->grad.shape(), (Shape{2, 3}));
  EXPECT_EQ(w->value.at({1, 0}), 4);
}

TEST(Neighbours, WhatOthersShareIsNotMoved) {
  const auto a = scattered<float>(3, "a");
  const auto b = scattered<float>(3, "b");
  const Tensor<float> held = b->value;
  const auto optimizer = make("sgd", Parameters<float>{a, b}, {{"lr", 1}});
  EXPECT_EQ(b->value.data(), held.data());
  const float expected = held[1] - b->grad[1];
  optimizer->step();
  EXPECT_EQ(held[1], expected) << "who holds it sees the step";

  const auto c = scattered<float>(3, "c");
  const Tensor<float> held_gradient = c->grad;
  const auto other = make("sgd", Parameters<float>{c});
  EXPECT_EQ(c->grad.data(), held_gradient.data());
}

TEST(Neighbours, ASecondOptimizerOfTheSameParametersIsRight) {
  const auto a = parameter<float>({1, 2, 3}, "a");
  const auto b = parameter<float>({4}, "b");
  const auto first = make("sgd", Parameters<float>{a, b}, {{"lr", 1}});
  const auto second = make("sgd", Parameters<float>{b, a}, {{"lr", 1}});
  for (const auto& optimizer : {first.get(), second.get(), first.get()}) {
    give_gradient(*a, std::vector<double>{1, 0, 1});
    give_gradient(*b, std::vector<double>{2});
    optimizer->step();
  }
  EXPECT_THAT(a->value.to_vector(), ::testing::ElementsAre(-2, 2, 0));
  EXPECT_THAT(b->value.to_vector(), ::testing::ElementsAre(-2));
}

/// A window of a tensor of sevens, whose other elements must stay.
struct Window {
  static constexpr std::size_t begin = 20;
  Tensor<float> whole = Tensor<float>::full({100}, 7);

  Tensor<float> of(std::size_t size) const { return whole.rows(begin, begin + size); }
  void expect_guards(std::size_t size, std::string_view rule) const {
    for (std::size_t i = 0; i < whole.size(); ++i)
      if (i < begin || i >= begin + size) {
        ASSERT_EQ(whole[i], 7) << rule << ", element " << i;
      }
  }
};

TEST(Neighbours, ATensorPutInPlaceOfOneIsUpdatedAlone) {
  for (const RuleInfo& rule : rules())
    for (const bool grad_too : {false, true}) {
      if (rule.scope == Scope::all_parameters) continue;
      const auto a = scattered<float>(5, "a", 1);
      const auto b = scattered<float>(5, "b", 2);
      const auto c = scattered<float>(5, "c", 3);
      const auto alone = scattered<float>(5, "b", 2);
      const auto optimizer = make(rule.about.name, Parameters<float>{a, b, c});
      const auto expected = make(rule.about.name, Parameters<float>{alone});
      const Window value;
      const Window grad;
      value.of(5).assign(b->value);
      grad.of(5).assign(b->grad);
      b->value = value.of(5);
      if (grad_too) b->grad = grad.of(5);
      for (int i = 0; i < 3; ++i) {
        optimizer->step();
        expected->step();
      }
      EXPECT_EQ(value.of(5).to_vector(), alone->value.to_vector()) << rule.about.name;
      value.expect_guards(5, rule.about.name);
    }
}

TEST(Neighbours, ATensorOnTheMemoryThatAParameterLeftIsUpdatedAlone) {
  // Kept memory that the parameter was moved to and has left could go to another tensor, which
  // then starts where the parameter was.
  const auto w = parameter<float>({1, 2, 3});
  const auto optimizer = make("sgd", Parameters<float>{w}, {{"lr", 1}});
  const auto elsewhere = Tensor<float>::zeros({3});
  w->value = elsewhere;
  const auto value = Tensor<float>::full({16}, 7);
  w->grad = elsewhere;
  const auto grad = Tensor<float>::full({16}, 1);
  w->value = value.rows(0, 3);
  w->grad = grad.rows(0, 3);
  w->has_grad = true;
  optimizer->step();
  for (std::size_t i = 0; i < 16; ++i) EXPECT_EQ(value[i], i < 3 ? 6 : 7) << i;
}

TEST(Neighbours, OneWithoutGradientInTheMiddleStays) {
  for (const RuleInfo& rule : rules()) {
    if (rule.scope == Scope::all_parameters) continue;
    const auto a = scattered<float>(5, "a", 1);
    const auto b = scattered<float>(5, "b", 2);
    const auto c = scattered<float>(5, "c", 3);
    const auto a_alone = scattered<float>(5, "a", 1);
    const auto c_alone = scattered<float>(5, "c", 3);
    const auto optimizer = make(rule.about.name, Parameters<float>{a, b, c});
    const auto without = make(rule.about.name, Parameters<float>{a_alone, c_alone});
    const auto start = b->value.to_vector();
    const auto state_of_b = [](const Optimizer<float>& of) {
      std::vector<std::vector<float>> arrays;
      for (const StateEntry<float>& entry : of.state().arrays)
        if (entry.parameter == "b") arrays.push_back(entry.tensor.to_vector());
      return arrays;
    };
    const auto state_at_start = state_of_b(*optimizer);
    b->has_grad = false;
    for (int i = 0; i < 3; ++i) {
      optimizer->step();
      without->step();
    }
    EXPECT_EQ(b->value.to_vector(), start) << rule.about.name;
    EXPECT_EQ(a->value.to_vector(), a_alone->value.to_vector()) << rule.about.name;
    EXPECT_EQ(c->value.to_vector(), c_alone->value.to_vector()) << rule.about.name;
    EXPECT_EQ(state_of_b(*optimizer), state_at_start) << rule.about.name;
  }
}

/// Parameters of many sizes, most of them in one part of a thread and some in two.
template <class T>
Parameters<T> many_sizes() {
  Parameters<T> parameters;
  for (const std::size_t size : {7U, 70'001U, 3000U, 1U, 0U, 40'000U, 64U, 100U, 5001U})
    parameters.push_back(scattered<T>(size, "w" + std::to_string(parameters.size()), size));
  return parameters;
}

template <class T>
std::vector<T> all_values(const Parameters<T>& parameters) {
  std::vector<T> all;
  for (const auto& p : parameters)
    all.insert(all.end(), p->value.values().begin(), p->value.values().end());
  return all;
}

TEST(Optimizer, ThreadsChangeNoBit) {
  for (const RuleInfo& rule : rules()) {
    if (rule.scope == Scope::all_parameters) continue;
    std::vector<float> alone;
    for (const std::size_t count : {1, 2, 3, 4}) {
      const WithThreads with(count);
      const auto parameters = many_sizes<float>();
      const auto optimizer = make(rule.about.name, parameters);
      for (int i = 0; i < 3; ++i) optimizer->step();
      const auto updated = all_values(parameters);
      if (count == 1) alone = updated;
      EXPECT_NE(updated, all_values(many_sizes<float>())) << rule.about.name;
      EXPECT_EQ(updated, alone) << rule.about.name << ", threads " << count;
    }
  }
}

TEST(Optimizer, GradientNormIsThatOfAllGradients) {
  for (const std::size_t count : {1, 2, 3}) {
    const WithThreads with(count);
    const auto parameters = many_sizes<float>();
    const auto optimizer = make("sgd", parameters);
    parameters[2]->has_grad = false;
    double squares = 0;
    for (const auto& p : parameters)
      for (const float g : p->grad.values())
        if (p->has_grad) squares += static_cast<double>(g) * g;
    EXPECT_NEAR(optimizer->gradient_norm(), std::sqrt(squares), 1e-6 * std::sqrt(squares));

    constexpr float infinity = std::numeric_limits<float>::infinity();
    for (const std::size_t p : {0U, 1U, 3U, 5U, 8U})
      for (const float bad : {infinity, -infinity, std::numeric_limits<float>::quiet_NaN()}) {
        float& last = parameters[p]->grad[parameters[p]->grad.size() - 1];
        const float before = std::exchange(last, bad);
        EXPECT_FALSE(std::isfinite(optimizer->gradient_norm())) << p << ", threads " << count;
        last = before;
      }
    EXPECT_TRUE(std::isfinite(optimizer->gradient_norm()));
  }
}

TEST(Optimizer, GradientNormOfNoGradientIsZero) {
  const auto optimizer = make("sgd", Parameters<double>{parameter<double>({1, 2})});
  EXPECT_EQ(optimizer->gradient_norm(), 0);
}

}  // namespace
}  // namespace ravine::optim::testing
