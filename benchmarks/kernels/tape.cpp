#include "ravine/autograd/tape.hpp"

#include "context.hpp"
#include "ravine/autograd/elementwise.hpp"
#include "ravine/autograd/grad_mode.hpp"
#include "ravine/autograd/linear.hpp"
#include "ravine/autograd/reduce.hpp"
#include "ravine/tensor/matmul.hpp"
#include "ravine/tensor/random.hpp"

// What the tape costs: operations on single numbers, where nothing else does, and a step of a
// small network against its bare matrix products.

namespace ravine::benchmarks {
namespace {

void chain(benchmark::State& state) {
  const auto w = parameter(Tensor<float>::scalar(1));
  for (auto _ : state) {
    w.parameter()->has_grad = false;
    Variable<float> x = w;
    for (int i = 0; i < 1000; ++i) x = x * x;
    x.backward();
  }
  count_elements(state, 1000);
}

void chain_without_tape(benchmark::State& state) {
  const auto w = parameter(Tensor<float>::scalar(1));
  const NoGrad off;
  for (auto _ : state) {
    Variable<float> x = w;
    for (int i = 0; i < 1000; ++i) x = x * x;
    benchmark::DoNotOptimize(x.value().data());
  }
  count_elements(state, 1000);
}

constexpr std::size_t in = 784;
constexpr std::size_t hidden = 128;
constexpr std::size_t out = 10;

Tensor<float> normal(const Shape& shape) {
  auto tensor = Tensor<float>::uninitialized(shape);
  Generator generator(1);
  fill_normal(tensor, 0, 0.05, generator);
  return tensor;
}

void step(benchmark::State& state) {
  const auto batch = static_cast<std::size_t>(state.range(0));
  const auto x = normal({batch, in});
  const auto w1 = parameter(normal({hidden, in}));
  const auto b1 = parameter(normal({hidden}));
  const auto w2 = parameter(normal({out, hidden}));
  const auto b2 = parameter(normal({out}));
  for (auto _ : state) {
    for (const auto* leaf : {&w1, &b1, &w2, &b2}) leaf->parameter()->has_grad = false;
    const auto y = linear(linear<float>(x, w1, b1, Activation::relu), w2, b2);
    mean(y * y).backward();
  }
  count_elements(state, batch);
}

void bare_products(benchmark::State& state) {
  using blas::Transpose;
  const auto batch = static_cast<std::size_t>(state.range(0));
  const auto x = normal({batch, in});
  const auto w1 = normal({hidden, in});
  const auto w2 = normal({out, hidden});
  auto dw1 = normal({hidden, in});
  auto dw2 = normal({out, hidden});
  for (auto _ : state) {
    const auto h = matmul(x, w1, Transpose::no, Transpose::yes);
    const auto y = matmul(h, w2, Transpose::no, Transpose::yes);
    matmul_into(dw2, false, y, h, Transpose::yes, Transpose::no);
    const auto dh = matmul(y, w2);
    matmul_into(dw1, false, dh, x, Transpose::yes, Transpose::no);
    benchmark::DoNotOptimize(dw1.data());
  }
  count_elements(state, batch);
}

BENCHMARK(chain)->Name("multiply_a_number/with_tape_and_backward");
BENCHMARK(chain_without_tape)->Name("multiply_a_number/without_tape");
BENCHMARK(step)->Name("network_784_128_10/step")->Arg(1)->Arg(32)->Arg(256);
BENCHMARK(bare_products)->Name("network_784_128_10/products_alone")->Arg(1)->Arg(32)->Arg(256);

}  // namespace
}  // namespace ravine::benchmarks
