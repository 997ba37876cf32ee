#include "ravine/autograd/softmax.hpp"

#include "context.hpp"
#include "ravine/autograd/grad_mode.hpp"
#include "ravine/nn/losses.hpp"
#include "ravine/tensor/random.hpp"

// Softmax and the cross-entropy over it, of [64, classes]; `items_per_second` are logits.

namespace ravine::benchmarks {
namespace {

constexpr std::size_t rows = 64;

Variable<float> logits(std::size_t classes) {
  auto tensor = Tensor<float>::uninitialized({rows, classes});
  Generator generator(1);
  fill_normal(tensor, 0, 2, generator);
  return parameter(tensor);
}

void softmax_alone(benchmark::State& state) {
  const auto classes = static_cast<std::size_t>(state.range(0));
  const auto x = logits(classes);
  const NoGrad off;
  for (auto _ : state) benchmark::DoNotOptimize(softmax(x).value().data());
  count_elements(state, rows * classes);
}

void cross_entropy_and_gradient(benchmark::State& state) {
  const auto classes = static_cast<std::size_t>(state.range(0));
  const auto x = logits(classes);
  auto labels = Tensor<float>::uninitialized({rows});
  for (std::size_t row = 0; row < rows; ++row) labels[row] = static_cast<float>(row % classes);
  for (auto _ : state) {
    x.parameter()->has_grad = false;
    cross_entropy(x, labels).backward();
    benchmark::DoNotOptimize(x.grad().data());
  }
  count_elements(state, rows * classes);
}

BENCHMARK(softmax_alone)->Name("softmax")->Arg(10)->Arg(1000);
BENCHMARK(cross_entropy_and_gradient)->Name("cross_entropy/with_gradient")->Arg(10)->Arg(1000);

}  // namespace
}  // namespace ravine::benchmarks
