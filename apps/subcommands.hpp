#pragma once

#include "command_line.hpp"

namespace ravine::apps {

// Each in a file of its own, and all with what is common to them, which is read when they run.
Subcommand train_subcommand(const Common& common);
Subcommand evaluate_subcommand(const Common& common);
Subcommand predict_subcommand(const Common& common);
Subcommand compare_subcommand(const Common& common);
Subcommand lr_find_subcommand(const Common& common);
Subcommand optimizers_subcommand(const Common& common);
Subcommand schedules_subcommand(const Common& common);
Subcommand data_subcommand(const Common& common);
Subcommand lab_subcommand(const Common& common);
Subcommand doctor_subcommand(const Common& common);

}  // namespace ravine::apps
