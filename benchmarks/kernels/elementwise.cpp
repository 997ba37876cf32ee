#include "ravine/autograd/elementwise.hpp"

#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xtensor.hpp>

#include "context.hpp"
#include "ravine/tensor/random.hpp"

// Functions of each element on 32768 of them: ours (through the table of the processor's level, the
// result's memory taken from the kept blocks) against xtensor's expression compiled for this
// processor. Both are xsimd below; the difference is the dispatch.

namespace ravine::benchmarks {
namespace {

constexpr std::size_t n = 32768;

template <class T>
Tensor<T> input() {
  auto x = Tensor<T>::uninitialized({n});
  Generator generator(1);
  fill_uniform(x, 0.1, 4, generator);
  return x;
}

template <class T, auto function>
void ours(benchmark::State& state) {
  const Variable<T> x(input<T>());
  for (auto _ : state) benchmark::DoNotOptimize(function(x).value().data());
  count_elements(state, n);
}

template <class T, class Function>
void xtensor(benchmark::State& state, Function function) {
  const Tensor<T> values = input<T>();
  xt::xtensor<T, 1> x = xt::xtensor<T, 1>::from_shape({n});
  std::copy_n(values.data(), n, x.data());
  auto y = xt::xtensor<T, 1>::from_shape({n});
  for (auto _ : state) {
    xt::noalias(y) = function(x);
    benchmark::DoNotOptimize(y.data());
  }
  count_elements(state, n);
}

template <class T>
constexpr auto square = [](const Variable<T>& x) { return pow(x, 2); };

template <class T>
bool add_all(const std::string& scalar) {
  const auto row = [&]<class Function>(const std::string& name, auto our, Function function) {
    benchmark::RegisterBenchmark((name + "/" + scalar + "/ravine").c_str(), our);
    benchmark::RegisterBenchmark((name + "/" + scalar + "/xtensor").c_str(),
                                 [=](benchmark::State& state) { xtensor<T>(state, function); });
  };
  row("exp", ours<T, exp<T>>, [](const auto& x) { return xt::exp(x); });
  row("log", ours<T, log<T>>, [](const auto& x) { return xt::log(x); });
  row("sqrt", ours<T, sqrt<T>>, [](const auto& x) { return xt::sqrt(x); });
  row("sin", ours<T, sin<T>>, [](const auto& x) { return xt::sin(x); });
  row("tanh", ours<T, tanh<T>>, [](const auto& x) { return xt::tanh(x); });
  row("sigmoid", ours<T, sigmoid<T>>, [](const auto& x) { return T(1) / (T(1) + xt::exp(-x)); });
  row("gelu", ours<T, gelu<T>>,
      [](const auto& x) { return T(0.5) * x * (T(1) + xt::erf(T(0.70710678118654752) * x)); });
  row("softplus", ours<T, softplus<T>>,
      [](const auto& x) { return xt::where(x < T(0), T(0), x) + xt::log1p(xt::exp(-xt::abs(x))); });
  row("log1p", ours<T, softplus<T>>, [](const auto& x) { return xt::log1p(x); });
  row("erf", ours<T, gelu<T>>, [](const auto& x) { return xt::erf(x); });
  row("pow_2", ours<T, square<T>>, [](const auto& x) { return xt::pow(x, T(2)); });
  return true;
}

const bool added = add_all<float>("float") && add_all<double>("double");

}  // namespace
}  // namespace ravine::benchmarks
