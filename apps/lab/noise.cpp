#include "ravine/report/lab/noise.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/settings_choice.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct NoiseChoice {
  lab::NoiseOptions options;
  ShowChoice show;
};

void declare_noise(Options& options, NoiseChoice& choice) {
  lab::NoiseOptions& noise = choice.options;
  options.value("--eigenvalues", "L,...", noise.curvatures,
                text("the curvatures along the axes (", joined(noise.curvatures, ","), ")"));
  options.value("--sigma", "S", noise.sigma,
                "standard deviation of the noise in each component of a gradient");
  declare(options, noise.settings);
  options.value("--start", "X,...", noise.start, "w at step 0, as --start=1,-2,3 (all 1)");
  options.count("--steps", noise.steps, "updates");
  options.value("--runs", "N", noise.runs, "that the mean is over, 2 or more");
  declare(options, choice.show);
}

int run_noise(const NoiseChoice& choice, const Common& common) {
  check(choice.show, common);
  lab::NoiseOptions options = choice.options;
  options.seed = common.seed.value_or(default_seed);
  show(report::noise_exhibit(lab::noise(options)), choice.show, common);
  return 0;
}

}  // namespace

Subcommand noise_subcommand(const Common& common) {
  const auto choice = std::make_shared<NoiseChoice>();
  return {.name = "noise",
          .summary = "Split the error under noisy gradients into its two parts",
          .declare = [choice](Options& options) { declare_noise(options, *choice); },
          .run = [choice, &common] { return run_noise(*choice, common); }};
}

}  // namespace ravine::apps
