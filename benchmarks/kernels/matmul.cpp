#include "ravine/tensor/matmul.hpp"

#include <cblas.h>

#include "context.hpp"

// Products x W' and dz' x of layers with few features, through ravine and by the bare call of BLAS,
// which takes about 100 ns to look at its arguments. Up to 128 multiplications ravine multiplies
// itself, and leaves those of a vector to BLAS's own routine for it.

namespace ravine::benchmarks {
namespace {

using blas::Transpose;

/// Batch, inputs and outputs of a layer.
void layers(benchmark::internal::Benchmark* benchmark) {
  for (const std::int64_t batch : {1, 10, 32})
    for (const std::int64_t in : {5, 16, 64})
      for (const std::int64_t out : {1, 3, 10}) benchmark->Args({batch, in, out});
}

struct Layer {
  std::size_t batch, in, out;
  Tensor<float> x, w, y;

  explicit Layer(const benchmark::State& state)
      : batch(static_cast<std::size_t>(state.range(0))),
        in(static_cast<std::size_t>(state.range(1))),
        out(static_cast<std::size_t>(state.range(2))),
        x(Tensor<float>::ones({batch, in})),
        w(Tensor<float>::ones({out, in})),
        y(Tensor<float>::ones({batch, out})) {}
};

void ours(benchmark::State& state) {
  Layer l(state);
  for (auto _ : state) {
    matmul_into(l.y, false, l.x, l.w, Transpose::no, Transpose::yes);
    matmul_into(l.w, false, l.y, l.x, Transpose::yes, Transpose::no);
    benchmark::DoNotOptimize(l.w.data());
  }
}

void bare(benchmark::State& state) {
  Layer l(state);
  const auto b = static_cast<blasint>(l.batch);
  const auto in = static_cast<blasint>(l.in);
  const auto out = static_cast<blasint>(l.out);
  for (auto _ : state) {
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, b, out, in, 1, l.x.data(), in, l.w.data(),
                in, 0, l.y.data(), out);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, out, in, b, 1, l.y.data(), out, l.x.data(),
                in, 0, l.w.data(), in);
    benchmark::DoNotOptimize(l.w.data());
  }
}

BENCHMARK(ours)->Name("layer/ravine")->Apply(layers);
BENCHMARK(bare)->Name("layer/cblas_sgemm")->Apply(layers);

}  // namespace
}  // namespace ravine::benchmarks
