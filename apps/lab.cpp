#include "lab/experiments.hpp"
#include "subcommands.hpp"

namespace ravine::apps {

Subcommand lab_subcommand(const Common& common) {
  return {.name = "lab",
          .summary = "Experiments with optimizers",
          .children = {
              quadratic_subcommand(common),
              rates_subcommand(common),
              polynomial_subcommand(common),
              colorize_subcommand(common),
              rosenbrock_subcommand(common),
              noise_subcommand(common),
              trajectory_subcommand(common),
              surfaces_subcommand(common),
              oscillator_subcommand(common),
              averaging_subcommand(common),
              amplification_subcommand(common),
              spectrum_subcommand(common),
          }};
}

}  // namespace ravine::apps
