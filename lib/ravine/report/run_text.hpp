#pragma once

#include <string>

#include "ravine/data/dataset.hpp"
#include "ravine/report/run.hpp"

namespace ravine::report {

/// What `ravine train` prints when it is done: data, model, optimizer, and how it went.
std::string train_text(const Run& run, const Outcome& outcome);
/// What `ravine evaluate` prints.
std::string evaluate_text(const data::Dataset& dataset, const train::Metrics& metrics);

/// "accuracy 0.9718, loss 0.09512", or "rmse 4.806, R² 0.5158, loss 0.2421".
std::string metrics_text(const train::Metrics& metrics);

}  // namespace ravine::report
