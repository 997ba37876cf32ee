#pragma once

#include <optional>
#include <string>

#include "ravine/data/dataset.hpp"
#include "ravine/report/run.hpp"

// Documents in JSON, each one line. A number that is not finite or not known is null.

namespace ravine::report {

/// What `ravine train --json` prints.
std::string train_json(const Run& run, const Outcome& outcome);
/// The run.json of a run's folder: every option, and how it ended unless it is still under way.
std::string run_json(const Run& run, const std::optional<Outcome>& outcome);
/// A line of metrics.jsonl, and an entry of `epochs` in what is printed.
std::string epoch_json(const train::EpochReport& epoch, data::Task task);
/// What `ravine evaluate --json` prints.
std::string evaluate_json(const data::Dataset& dataset, const train::Metrics& metrics);

}  // namespace ravine::report
