#include "ravine/report/lr_find.hpp"

#include <filesystem>
#include <memory>

#include "choices.hpp"
#include "compute.hpp"
#include "output.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/report/lr_find_page.hpp"
#include "ravine/report/whole_file.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/train/prepare.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

struct LrFindChoice {
  std::string data;
  DataChoice reading;
  ModelChoice model;
  OptimizerChoice optimizer{.spec = {.name = "adam"}};
  train::LrFindOptions test;
  bool csv = false;
  std::filesystem::path report;
};

void declare_lr_find(Options& options, LrFindChoice& choice) {
  options.value("--data", "NAME|FILE", choice.data, "as for `ravine train`", Need::required);
  declare(options, choice.model);
  declare(options, choice.optimizer);
  options.value("--lr-min", "A", choice.test.from,
                "the first rate (a thousandth of the optimizer's)");
  options.value("--lr-max", "B", choice.test.to,
                "the last rate, reached unless the loss blows up (a thousand times that)");
  options.count("--steps", choice.test.steps, "from the first rate to the last");
  options.count("--batch-size", choice.test.batch_size, "examples a step");
  declare(options, choice.reading);
  options.flag("--csv", choice.csv, "the curve as CSV: lr,loss,smoothed");
  options.value("--report", "FILE.html", choice.report,
                "a page with the curve, which opens offline (none is written)");
}

int run_lr_find(const LrFindChoice& choice, const Common& common) {
  if (choice.csv && common.json) throw InputError("--csv and --json exclude each other (give one)");
  if (!choice.report.empty()) report::require_writable(choice.report);
  const std::uint64_t seed = common.seed.value_or(default_seed);
  report::RangeTest test{
      .source = choice.data,
      .load = load_options(choice.reading, choice.model.kind, common),
      .architecture = {},
      .optimizer = {.name = choice.optimizer.spec.name, .settings = settings_of(choice.optimizer)},
      .options = choice.test,
      .environment = start_compute(common),
      .result = {}};
  test.options.seed = seed;
  const data::TrainTest parts = data::load(choice.data, test.load);
  const train::Prepared data = train::prepare(parts, 0, seed);
  train::Model model = train::make_model(choice.model.kind, hidden_layers(choice.model),
                                         choice.model.activation, data, seed);
  test.architecture = model.architecture;
  const auto optimizer =
      optim::make(test.optimizer.name, model.network.parameters(), test.optimizer.settings);
  test.result = train::find_lr(model, data, *optimizer, test.options);
  if (!choice.report.empty()) report::write_whole_file(choice.report, report::lr_find_page(test));
  if (choice.csv)
    print(report::lr_find_csv(test));
  else
    print(common.json ? report::lr_find_json(test) : report::lr_find_text(test));
  return 0;
}

}  // namespace

Subcommand lr_find_subcommand(const Common& common) {
  const auto choice = std::make_shared<LrFindChoice>();
  return {.name = "lr-find",
          .summary = "Find a learning rate by a short run in which it rises",
          .declare = [choice](Options& options) { declare_lr_find(options, *choice); },
          .run = [choice, &common] { return run_lr_find(*choice, common); }};
}

}  // namespace ravine::apps
