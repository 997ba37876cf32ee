#include <filesystem>
#include <memory>
#include <system_error>

#include "compute.hpp"
#include "model_source.hpp"
#include "output.hpp"
#include "ravine/report/predictions.hpp"
#include "ravine/report/whole_file.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/model_file.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

struct PredictOptions {
  ModelSource source;
  std::filesystem::path out;
};

int run_predict(const PredictOptions& options, const Common& common) {
  start_compute(common);
  std::optional<std::filesystem::path> out;
  if (!options.out.empty()) {
    out = options.out;
    std::error_code error;
    if (std::filesystem::equivalent(*out, options.source.data, error))
      throw InputError(text(out->string(), ": the predictions would overwrite the data"));
    report::require_writable(*out);
  }
  train::Model model = train::load_model(options.source.model);
  const data::Dataset dataset =
      data::load_like(options.source.data, model.schema, data::TargetUse::ignored,
                      load_options(options.source, common));
  const report::Predictions predictions{
      .dataset = dataset.name, .schema = model.schema, .values = train::predict(model, dataset)};
  if (out) report::write_whole_file(*out, report::predictions_csv(predictions));
  if (common.json)
    print(report::predictions_json(predictions, out));
  else if (!out)
    print(report::predictions_csv(predictions));
  return 0;
}

}  // namespace

Subcommand predict_subcommand(const Common& common) {
  const auto options = std::make_shared<PredictOptions>();
  return {.name = "predict",
          .summary = "Print what a trained model says of some data, as CSV",
          .declare =
              [options](Options& declared) {
                declare(declared, options->source);
                declared.value("--out", "FILE", options->out, "file for the CSV (stdout)");
              },
          .run = [options, &common] { return run_predict(*options, common); }};
}

}  // namespace ravine::apps
