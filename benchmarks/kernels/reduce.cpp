#include "ravine/tensor/reduce.hpp"

#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>

#include "context.hpp"

// Sums and maxima along either axis of [128, columns], ours against xtensor's reducer.

namespace ravine::benchmarks {
namespace {

constexpr std::size_t rows = 128;

using Matrix = xt::xtensor<float, 2>;
using Vector = xt::xtensor<float, 1>;

template <std::ptrdiff_t axis, auto reduce>
void ours(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const auto x = Tensor<float>::ones({rows, columns});
  const std::ptrdiff_t axes[] = {axis};
  for (auto _ : state) benchmark::DoNotOptimize(reduce(x, Axes(axes), false).data());
  count_elements(state, x.size());
}

template <std::size_t axis>
void xtensor_sum(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const Matrix x = xt::ones<float>({rows, columns});
  Vector y = Vector::from_shape({axis == 0 ? columns : rows});
  for (auto _ : state) {
    xt::noalias(y) = xt::sum(x, {axis});
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, x.size());
}

template <std::size_t axis>
void xtensor_sum_immediate(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const Matrix x = xt::ones<float>({rows, columns});
  Vector y = Vector::from_shape({axis == 0 ? columns : rows});
  for (auto _ : state) {
    y = xt::sum(x, {axis}, xt::evaluation_strategy::immediate);
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, x.size());
}

template <std::size_t axis>
void xtensor_max(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const Matrix x = xt::ones<float>({rows, columns});
  Vector y = Vector::from_shape({axis == 0 ? columns : rows});
  for (auto _ : state) {
    xt::noalias(y) = xt::amax(x, {axis});
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, x.size());
}

BENCHMARK(ours<1, sum<float>>)->Name("sum_of_rows/ravine")->Arg(10)->Arg(1000);
BENCHMARK(xtensor_sum<1>)->Name("sum_of_rows/xtensor")->Arg(10)->Arg(1000);
BENCHMARK(xtensor_sum_immediate<1>)->Name("sum_of_rows/xtensor_immediate")->Arg(10)->Arg(1000);
BENCHMARK(ours<0, sum<float>>)->Name("sum_of_columns/ravine")->Arg(10)->Arg(1000);
BENCHMARK(xtensor_sum<0>)->Name("sum_of_columns/xtensor")->Arg(10)->Arg(1000);
BENCHMARK(xtensor_sum_immediate<0>)->Name("sum_of_columns/xtensor_immediate")->Arg(10)->Arg(1000);
BENCHMARK(ours<1, max<float>>)->Name("max_of_rows/ravine")->Arg(10)->Arg(1000);
BENCHMARK(xtensor_max<1>)->Name("max_of_rows/xtensor")->Arg(10)->Arg(1000);
BENCHMARK(ours<0, max<float>>)->Name("max_of_columns/ravine")->Arg(10)->Arg(1000);
BENCHMARK(xtensor_max<0>)->Name("max_of_columns/xtensor")->Arg(10)->Arg(1000);

}  // namespace
}  // namespace ravine::benchmarks
