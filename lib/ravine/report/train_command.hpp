#pragma once

#include <string>

#include "ravine/data/datasets.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"

// The command that does what was found out, as a shell takes it.

namespace ravine::report {

/// `ravine train --data table.csv --target price --model mlp --hidden 8 --activation relu
/// --optimizer adam:lr=0.1`: trains such a model on the same data, named as in `source`. Options
/// that are as usual are left out.
std::string train_command(const std::string& source, const data::LoadOptions& load,
                          const train::Architecture& architecture, const optim::Spec& optimizer);

/// ` --epochs 20 --batch-size 32`, and what else a run does besides its rule.
std::string fit_options(const optim::Groups& groups, const train::FitOptions& fit);

}  // namespace ravine::report
