#include "ravine/report/lab/spectrum.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <optional>

#include "choices.hpp"
#include "compute.hpp"
#include "lab/experiments.hpp"
#include "lab/show.hpp"
#include "live_line.hpp"
#include "log.hpp"
#include "output.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/lab/full_batch.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/report/free_memory.hpp"
#include "ravine/report/lab/spectrum_progress.hpp"
#include "ravine/report/lab/spectrum_words.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/prepare.hpp"

namespace ravine::apps {
namespace {

struct SpectrumChoice {
  std::string data;
  /// Nothing is judged here: all examples count.
  DataChoice reading{.target = {}, .test_fraction = 0, .task = {}};
  ModelChoice model;
  std::optional<std::size_t> examples;
  lab::SpectrumOptions options;
  ShowChoice show;
};

void declare_spectrum(Options& options, SpectrumChoice& choice) {
  options.value("--data", "NAME|FILE", choice.data, "as for `ravine train`", Need::required);
  declare(options, choice.model);
  options.flag("--verify", choice.options.verify, "train, too: predicted beside measured");
  options.value("--tolerance", "X", choice.options.tolerance,
                text("linear: count steps until the loss is this far above its minimum (",
                     lab::SpectrumOptions::default_tolerance, ")"));
  options.value(text("--", optim::lr_name), "X", choice.options.lr,
                "learning rate of --verify; not for linear (half the largest stable)");
  options.value(
      text("--", optim::momentum_name), "B", choice.options.momentum,
      "momentum of the second run of --verify, 0 for none; not for linear (that of the rule)");
  options.value("--steps", "N", choice.options.steps,
                text("of --verify (", lab::SpectrumOptions::path_steps,
                     "; linear: ", lab::SpectrumOptions::most_steps, " at most)"));
  options.value("--examples", "N", choice.examples,
                "so many training examples at random, for large data (all)");
  declare(options, choice.reading);
  declare(options, choice.show);
}

lab::Spectrum spectrum_with_progress(const train::Architecture& architecture,
                                     const data::Dataset& prepared,
                                     const lab::SpectrumOptions& options, bool quiet) {
  using Clock = std::chrono::steady_clock;
  LiveLine line(!quiet);
  auto part = lab::SpectrumProgress::Part::curvature;
  Clock::time_point began = Clock::now();
  return lab::spectrum(architecture, prepared, options, [&](const lab::SpectrumProgress& progress) {
    if (progress.part != part) began = Clock::now();
    part = progress.part;
    if (!line.is_due()) return;
    const std::chrono::duration<double> since = Clock::now() - began;
    line.draw(report::spectrum_bar(
        progress,
        {.seconds = since.count(), .columns = terminal_columns(), .colour = colour_is_wanted()}));
  });
}

/// What training would read: a test part of the usual size, unless there is one already.
data::LoadOptions load_for_training(data::LoadOptions load) {
  if (load.test_fraction == 0) load.test_fraction = data::LoadOptions{}.test_fraction;
  return load;
}

/// Of the linear model on what is left to train on, where that is not all that `result` is of.
std::optional<lab::Spectrum> spectrum_of_training(const std::string& source,
                                                  const data::LoadOptions& load,
                                                  const lab::SpectrumOptions& options,
                                                  const lab::Spectrum& result) {
  if (!result.gram) return {};
  const data::Dataset left = data::load_train(source, load);
  if (left.size() == result.examples) return {};
  const train::Prepared data = train::prepare({.train = left, .test = {}}, 0, options.seed);
  return lab::spectrum(result.architecture, data.train,
                       {.tolerance = options.tolerance, .seed = options.seed});
}

int run_spectrum(const SpectrumChoice& choice, const Common& common) {
  check(choice.show, common);
  lab::SpectrumOptions options = choice.options;
  options.seed = common.seed.value_or(default_seed);
  lab::check(options, choice.model.kind);
  const report::Environment environment = start_compute(common);
  const data::LoadOptions load = load_options(choice.reading, choice.model.kind, common);
  data::Dataset dataset = data::load_train(choice.data, load);
  const std::size_t available = dataset.size();
  if (choice.examples) dataset = lab::sampled(dataset, *choice.examples, options.seed);
  const train::Prepared data = train::prepare({.train = dataset, .test = {}}, 0, options.seed);
  std::vector<std::size_t> layers = hidden_layers(choice.model);
  layers.insert(layers.begin(), dataset.feature_count());
  layers.push_back(std::max<std::size_t>(1, dataset.class_count()));
  options.most_products = lab::products_within(
      report::free_memory().value_or(std::numeric_limits<std::size_t>::max()), layers);
  const train::Model model = train::make_model(choice.model.kind, hidden_layers(choice.model),
                                               choice.model.activation, data, options.seed);
  report::SpectrumStudy study{
      .source = choice.data,
      .task = dataset.task,
      .available = available,
      .options = options,
      .environment = environment,
      .result = spectrum_with_progress(model.architecture, data.train, options, common.quiet)};
  study.load = load_for_training(load);
  study.of_training = spectrum_of_training(choice.data, study.load, options, study.result);
  study.rounded = lab::rounded_columns(dataset, lab::tolerable_rounding(study.result));
  if (!study.rounded.empty()) log::warning(report::rounding_text(study));
  show(report::spectrum_exhibit(study), choice.show, common);
  return 0;
}

}  // namespace

Subcommand spectrum_subcommand(const Common& common) {
  const auto choice = std::make_shared<SpectrumChoice>();
  return {.name = "spectrum",
          .summary = "Read from the curvature of a model's loss which learning rates are stable",
          .declare = [choice](Options& options) { declare_spectrum(options, *choice); },
          .run = [choice, &common] { return run_spectrum(*choice, common); }};
}

}  // namespace ravine::apps
