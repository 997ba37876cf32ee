#pragma once

#include <limits>
#include <utility>
#include <vector>

#include "ravine/compare/run.hpp"

// Runs that were never made, for rules that only look at what runs say.

namespace ravine::compare {

/// A trial or a fresh run that finished with these validation metrics, one an epoch.
inline Run made_run(RunKey key, const std::vector<double>& metrics) {
  Run run{.key = std::move(key)};
  for (const double metric : metrics)
    run.epochs.push_back({.train_loss = 1 - metric,
                          .validation_loss = 1 - metric,
                          .validation_metric = metric,
                          .seconds = static_cast<double>(run.epochs.size() + 1)});
  run.steps = metrics.size() * 10;
  run.seconds = static_cast<double>(metrics.size());
  return run;
}

inline Run diverged_run(RunKey key) {
  return {.key = std::move(key), .status = train::Status::diverged, .reason = "made to"};
}

}  // namespace ravine::compare
