#include <xtensor/xindex_view.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xview.hpp>

#include "context.hpp"
#include "ravine/data/features.hpp"
#include "ravine/tensor/layout.hpp"
#include "ravine/tensor/random.hpp"

// A batch of 64 rows out of 10000, in random order: ours against xtensor's `keep` slice, and the
// examples of a dataset, held as floats or as bytes.

namespace ravine::benchmarks {
namespace {

constexpr std::size_t batch = 64;
constexpr std::size_t rows = 10'000;

std::vector<std::size_t> one_batch() {
  Generator generator(1);
  auto all = generator.permutation(rows);
  all.resize(batch);
  return all;
}

void ours(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const auto x = Tensor<float>::ones({rows, columns});
  const auto picked = one_batch();
  for (auto _ : state) benchmark::DoNotOptimize(gather_rows<float>(x, picked).data());
  count_elements(state, batch * columns);
}

void xtensor(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const xt::xtensor<float, 2> x = xt::ones<float>({rows, columns});
  auto y = xt::xtensor<float, 2>::from_shape({batch, columns});
  const auto picked = one_batch();
  for (auto _ : state) {
    xt::noalias(y) = xt::view(x, xt::keep(picked), xt::all());
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, batch * columns);
}

template <bool bytes>
data::Features examples(std::size_t columns) {
  if constexpr (bytes)
    return {data::Bytes(rows * columns, 1), columns, 1.0F / 255};
  else
    return data::Features(Tensor<float>::ones({rows, columns}));
}

/// Another batch each time, as in an epoch: rows that no cache holds.
template <bool bytes>
void dataset(benchmark::State& state) {
  const auto columns = static_cast<std::size_t>(state.range(0));
  const data::Features features = examples<bytes>(columns);
  Generator generator(1);
  const auto order = generator.permutation(rows);
  auto x = Tensor<float>::uninitialized({batch, columns});
  std::size_t at = 0;
  for (auto _ : state) {
    if (at + batch > rows) at = 0;
    features.gather(std::span(order).subspan(at, batch), x.data());
    benchmark::DoNotOptimize(x.data());
    at += batch;
  }
  count_elements(state, batch * columns);
}

BENCHMARK(dataset<false>)->Name("gather_examples/floats")->Arg(10)->Arg(784);
BENCHMARK(dataset<true>)->Name("gather_examples/bytes")->Arg(10)->Arg(784);
BENCHMARK(ours)->Name("gather_rows/ravine")->Arg(10)->Arg(784);
BENCHMARK(xtensor)->Name("gather_rows/xtensor")->Arg(10)->Arg(784);

}  // namespace
}  // namespace ravine::benchmarks
