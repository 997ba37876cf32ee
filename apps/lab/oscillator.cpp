#include "ravine/report/lab/oscillator.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct OscillatorChoice {
  lab::OscillatorOptions options;
  ShowChoice show;
};

void declare_oscillator(Options& options, OscillatorChoice& choice) {
  auto& [medium, dt, curvatures, steps, start] = choice.options;
  options.value("--mass", "M", medium.mass, "of the particle");
  options.value("--friction", "MU", medium.friction, "of the medium");
  options.value("--dt", "T", dt, "the time of a step");
  options.value("--curvatures", "K,...", curvatures,
                text("of the valley, each along an eigenvector (", joined(curvatures, ","), ")"));
  options.count("--steps", steps, "updates");
  options.value("--start", "W", start, "w at the start, at rest");
  declare(options, choice.show);
}

int run_oscillator(const OscillatorChoice& choice, const Common& common) {
  check(choice.show, common);
  show(report::oscillator_exhibit(lab::oscillator(choice.options)), choice.show, common);
  return 0;
}

}  // namespace

Subcommand oscillator_subcommand(const Common& common) {
  const auto choice = std::make_shared<OscillatorChoice>();
  return {.name = "oscillator",
          .summary = "See momentum as the motion of a particle in a medium",
          .declare = [choice](Options& options) { declare_oscillator(options, *choice); },
          .run = [choice, &common] { return run_oscillator(*choice, common); }};
}

}  // namespace ravine::apps
