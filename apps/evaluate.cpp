#include <memory>

#include "compute.hpp"
#include "model_source.hpp"
#include "output.hpp"
#include "ravine/report/run_json.hpp"
#include "ravine/report/run_text.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/model_file.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

int run_evaluate(const ModelSource& source, const Common& common) {
  start_compute(common);
  train::Model model = train::load_model(source.model);
  const data::Dataset dataset = data::load_like(
      source.data, model.schema, data::TargetUse::required, load_options(source, common));
  const train::Metrics metrics = train::evaluate(model, dataset);
  print(common.json ? report::evaluate_json(dataset, metrics)
                    : report::evaluate_text(dataset, metrics));
  return 0;
}

}  // namespace

Subcommand evaluate_subcommand(const Common& common) {
  const auto source = std::make_shared<ModelSource>();
  return {.name = "evaluate",
          .summary = "Tell how good a trained model is on some data",
          .declare = [source](Options& options) { declare(options, *source); },
          .run = [source, &common] { return run_evaluate(*source, common); }};
}

}  // namespace ravine::apps
