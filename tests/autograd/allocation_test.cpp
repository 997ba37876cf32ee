#include <gtest/gtest.h>

#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/autograd/softmax.hpp"
#include "ravine/tensor/random.hpp"

// "The hot path allocates nothing": counted at malloc itself, which this program replaces. With
// another C library, and under sanitizers, which replace it themselves, there is nothing to count.

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include <cerrno>
#include <cstddef>
#include <cstdlib>

namespace {
thread_local std::size_t allocations = 0;
}

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  ++allocations;
  return __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  ++allocations;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? ENOMEM : 0;
}
}

namespace ravine {
namespace {

template <class Step>
std::size_t allocations_of(Step step) {
  const std::size_t before = allocations;
  step();
  return allocations - before;
}

template <class T>
Variable<T> weights(const Shape& shape) {
  Tensor<T> values = Tensor<T>::uninitialized(shape);
  Generator generator(1);
  fill_normal(values, 0, 0.1, generator);
  return parameter(values);
}

TEST(Allocations, AreCounted) {
  EXPECT_GE(allocations_of([] { std::vector<int>(100).at(0) = 1; }), 1u);
  EXPECT_GE(allocations_of([] { Tensor<float>::zeros({123'457}); }), 1u);
}

TEST(Allocations, AStepOfANetworkMakesNoneAfterTheFirst) {
  const auto x = Tensor<float>::ones({32, 20});
  const auto w1 = weights<float>({40, 20});
  const auto b1 = weights<float>({40});
  const auto w2 = weights<float>({10, 40});
  const auto b2 = weights<float>({10});
  const auto step = [&] {
    for (const auto* leaf : {&w1, &b1, &w2, &b2}) leaf->parameter()->has_grad = false;
    const auto hidden = linear<float>(x, w1, b1, Activation::relu);
    const auto p = log_softmax(linear(hidden, w2, b2));
    mean(p * p).backward();
  };
  step();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(allocations_of(step), 0u) << "step " << i + 2;
}

TEST(Allocations, AStepOfElementwiseOperationsMakesNoneAfterTheFirst) {
  const auto x = Tensor<float>::ones({64, 30});
  const auto w = weights<float>({64, 30});
  const auto b = weights<float>({30});
  const auto column = weights<float>({64, 1});
  const auto step = [&] {
    for (const auto* leaf : {&w, &b, &column}) leaf->parameter()->has_grad = false;
    const auto z = tanh(w * x + b) * column;
    const auto y = sigmoid(z) + gelu(z) + softplus(z) + maximum(z, 0.5) + exp(-abs(z));
    sum(y * y, {1}, true);
    sum(max(y, {0}) - pow(mean(y), 2)).backward();
  };
  step();
  for (int i = 0; i < 20; ++i) EXPECT_EQ(allocations_of(step), 0u) << "step " << i + 2;
}

TEST(Allocations, APassWithoutAGraphMakesNoneAfterTheFirst) {
  const Variable<double> x(Tensor<double>::ones({16, 8}));
  const auto pass = [&] { sum(relu(x * 2 + 1)); };
  pass();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(allocations_of(pass), 0u);
}

}  // namespace
}  // namespace ravine

#endif
