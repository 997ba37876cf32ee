#include "lab/experiments.hpp"
#include "subcommands.hpp"

namespace ravine::apps {

Subcommand lab_subcommand(const Common& common) {
  return {.name = "lab",
          .summary = "Experiments with optimizers",
          .children = {
              spectrum_subcommand(common),
              quadratic_subcommand(common),
              rates_subcommand(common),
              noise_subcommand(common),
              oscillator_subcommand(common),
              rosenbrock_subcommand(common),
              colorize_subcommand(common),
              polynomial_subcommand(common),
              averaging_subcommand(common),
              amplification_subcommand(common),
              trajectory_subcommand(common),
              surfaces_subcommand(common),
          }};
}

}  // namespace ravine::apps
