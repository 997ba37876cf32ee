#include <xtensor/xindex_view.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include "context.hpp"
#include "ravine/tensor/layout.hpp"
#include "ravine/tensor/random.hpp"

// A batch of 64 rows out of 10000, in random order: ours against xtensor's `keep` slice.

namespace ravine::benchmarks {
namespace {

constexpr std::size_t batch = 64;
constexpr std::size_t rows = 10'000;

std::vector<std::size_t> order() {
  Generator generator(1);
  auto all = generator.permutation(rows);
  all.resize(batch);
  return all;
}

void ours(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const auto x = Tensor<float>::ones({rows, columns});
  const auto picked = order();
  for (auto _ : state) benchmark::DoNotOptimize(gather_rows<float>(x, picked).data());
  count_elements(state, batch * columns);
}

void xtensor(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const xt::xtensor<float, 2> x = xt::ones<float>({rows, columns});
  auto y = xt::xtensor<float, 2>::from_shape({batch, columns});
  const auto picked = order();
  for (auto _ : state) {
    xt::noalias(y) = xt::view(x, xt::keep(picked), xt::all());
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, batch * columns);
}

BENCHMARK(ours)->Name("gather_rows/ravine")->Arg(10)->Arg(784);
BENCHMARK(xtensor)->Name("gather_rows/xtensor")->Arg(10)->Arg(784);

}  // namespace
}  // namespace ravine::benchmarks
