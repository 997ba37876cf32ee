#include "context.hpp"
#include "ravine/optim/registry.hpp"

// A step of every optimizer in the registry; `items_per_second` are parameters.

namespace ravine::benchmarks {
namespace {

void step(benchmark::State& state, const optim::RuleInfo& rule) {
  const auto elements = static_cast<std::size_t>(state.range(0));
  const auto parameter = std::make_shared<Parameter<float>>("w", Tensor<float>::ones({elements}));
  parameter->grad.fill(1e-3F);
  parameter->has_grad = true;
  const auto optimizer =
      std::get<optim::MakeOptimizer<float>>(rule.make)(Parameters<float>{parameter}, {}, {});
  for (auto _ : state) optimizer->step();
  count_elements(state, elements);
}

bool add_all() {
  for (const optim::RuleInfo& rule : optim::rules())
    if (rule.scope != optim::Scope::all_parameters)  // lbfgs evaluates the loss in its steps
      benchmark::RegisterBenchmark(std::string(rule.about.name).c_str(), step, rule)
          ->Arg(100)
          ->Arg(235'146)  // 784-256-128-10
          ->Arg(10'000'000);
  return true;
}

const bool added = add_all();

}  // namespace
}  // namespace ravine::benchmarks
