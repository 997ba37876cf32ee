#include "ravine/report/lab/averaging.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct AveragingChoice {
  lab::AveragingOptions options;
  ShowChoice show;
};

void declare_averaging(Options& options, AveragingChoice& choice) {
  auto& [betas, steps, seed] = choice.options;
  options.value(
      "--beta", "B,...", betas,
      text("what is kept a step; the document is about the first (", joined(betas, ","), ")"));
  options.count("--steps", steps, text("gradients, ", lab::most_averaged_steps, " at most"));
  declare(options, choice.show);
}

int run_averaging(const AveragingChoice& choice, const Common& common) {
  check(choice.show, common);
  lab::AveragingOptions options = choice.options;
  options.seed = common.seed.value_or(default_seed);
  show(report::averaging_exhibit(lab::averaging(options)), choice.show, common);
  return 0;
}

}  // namespace

Subcommand averaging_subcommand(const Common& common) {
  const auto choice = std::make_shared<AveragingChoice>();
  return {.name = "averaging",
          .summary = "Weigh past gradients, with and without bias correction",
          .declare = [choice](Options& options) { declare_averaging(options, *choice); },
          .run = [choice, &common] { return run_averaging(*choice, common); }};
}

}  // namespace ravine::apps
