#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>

#include "context.hpp"
#include "ravine/autograd/elementwise.hpp"

// [128, 1000] + b for each way that b is stretched, ours against xtensor's broadcasting.

namespace ravine::benchmarks {
namespace {

constexpr std::size_t rows = 128;
constexpr std::size_t columns = 1000;

void ours(benchmark::State& state, const Shape& shape) {
  const Variable<float> x(Tensor<float>::ones({rows, columns}));
  const Variable<float> b(Tensor<float>::ones(shape));
  for (auto _ : state) benchmark::DoNotOptimize(add(x, b).value().data());
  count_elements(state, rows * columns);
}

template <class Other>
void xtensor(benchmark::State& state, const Other& b) {
  const xt::xtensor<float, 2> x = xt::ones<float>({rows, columns});
  auto y = xt::xtensor<float, 2>::from_shape({rows, columns});
  for (auto _ : state) {
    xt::noalias(y) = x + b;
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, rows * columns);
}

const xt::xtensor<float, 2> matrix = xt::ones<float>({rows, columns});
const xt::xtensor<float, 1> row = xt::ones<float>({columns});
const xt::xtensor<float, 2> column = xt::ones<float>({rows, std::size_t{1}});

BENCHMARK_CAPTURE(ours, matrix, Shape{rows, columns})->Name("add_matrix/ravine");
BENCHMARK_CAPTURE(xtensor, matrix, matrix)->Name("add_matrix/xtensor");
BENCHMARK_CAPTURE(ours, row, Shape{columns})->Name("add_row/ravine");
BENCHMARK_CAPTURE(xtensor, row, row)->Name("add_row/xtensor");
BENCHMARK_CAPTURE(ours, column, Shape{rows, 1})->Name("add_column/ravine");
BENCHMARK_CAPTURE(xtensor, column, column)->Name("add_column/xtensor");
BENCHMARK_CAPTURE(ours, number, Shape{})->Name("add_number/ravine");
BENCHMARK_CAPTURE(xtensor, number, 1.0F)->Name("add_number/xtensor");

}  // namespace
}  // namespace ravine::benchmarks
