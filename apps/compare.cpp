#include "ravine/compare/compare.hpp"

#include <iostream>
#include <memory>

#include "choices.hpp"
#include "compute.hpp"
#include "output.hpp"
#include "ravine/report/comparison.hpp"
#include "ravine/tensor/error.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

struct CompareOptions {
  std::vector<std::string> data;
  DataChoice reading;
  ModelChoice model;
  std::vector<optim::Spec> optimizers = optim::parse_specs("sgd,momentum,rmsprop,adam");
  compare::Options protocol;
};

void declare_compare(Options& options, CompareOptions& compare) {
  options.repeated("--data", "NAME|FILE", compare.data,
                   "a dataset or a file as for `ravine train`; give it again for further ones",
                   Need::required);
  declare(options, compare.model);
  options.value("--optimizers", "NAME[:SETTING,...],...", compare.optimizers,
                "see `ravine optimizers`; as in sgd,adam:lr=1e-3,beta2=0.99");
  declare(options, compare.protocol.groups);
  declare(options, compare.protocol.fit);
  options.count("--seeds", compare.protocol.seeds,
                "runs of each optimizer: with --seed, the one after it, and so on");
  declare(options, compare.reading);
}

compare::Options protocol_of(const CompareOptions& options, const Common& common) {
  compare::Options protocol = options.protocol;
  protocol.model = options.model.kind;
  protocol.hidden = hidden_layers(options.model);
  protocol.activation = options.model.activation;
  protocol.fit.seed = common.seed.value_or(default_seed);
  protocol.contenders = options.optimizers;
  return protocol;
}

int run_compare(const CompareOptions& options, const Common& common) {
  const report::Environment environment = start_compute(common);
  const compare::Options protocol = protocol_of(options, common);
  const data::LoadOptions load = load_options(options.reading, options.model.kind, common);
  std::vector<data::TrainTest> datasets;
  for (const std::string& data : options.data) datasets.push_back(data::load(data, load));

  std::vector<compare::Comparison> comparisons;
  for (const data::TrainTest& parts : datasets) {
    const auto show = [&](const compare::Contender& contender, const compare::Run& run) {
      if (!common.quiet)
        std::cerr << report::run_line(parts.train.name, contender, run) << std::endl;
    };
    comparisons.push_back(compare::compare(parts, protocol, show));
    if (!common.json) print(report::comparison_text(comparisons.back(), protocol));
  }
  if (common.json) print(report::comparisons_json(comparisons, protocol, environment));
  return 0;
}

}  // namespace

Subcommand compare_subcommand(const Common& common) {
  const auto options = std::make_shared<CompareOptions>();
  return {.name = "compare",
          .summary = "Train a model with several optimizers, and see which does best",
          .declare = [options](Options& declared) { declare_compare(declared, *options); },
          .run = [options, &common] { return run_compare(*options, common); }};
}

}  // namespace ravine::apps
