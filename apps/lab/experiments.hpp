#pragma once

#include "command_line.hpp"

namespace ravine::apps {

// The experiments of `ravine lab`, each in a file of its own.
Subcommand trajectory_subcommand(const Common& common);
Subcommand surfaces_subcommand(const Common& common);
Subcommand quadratic_subcommand(const Common& common);
Subcommand rates_subcommand(const Common& common);
Subcommand polynomial_subcommand(const Common& common);
Subcommand colorize_subcommand(const Common& common);
Subcommand rosenbrock_subcommand(const Common& common);
Subcommand noise_subcommand(const Common& common);
Subcommand oscillator_subcommand(const Common& common);
Subcommand averaging_subcommand(const Common& common);
Subcommand amplification_subcommand(const Common& common);
Subcommand spectrum_subcommand(const Common& common);

}  // namespace ravine::apps
