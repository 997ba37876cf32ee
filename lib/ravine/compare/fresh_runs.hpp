#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ravine/compare/metric.hpp"
#include "ravine/compare/protocol.hpp"
#include "ravine/compare/run.hpp"
#include "ravine/compare/statistics.hpp"

namespace ravine::compare {

/// Fresh runs of one setting. One diverged, too, whose test metric is not finite.
struct FreshRuns {
  optim::Settings settings = {};  ///< all hyper-parameters
  std::vector<const Run*> runs = {};
  /// Over those that finished; none where none did. The interval of the mean holds only values
  /// that the metric can have.
  std::optional<Summary> test_metric = {};
  std::optional<Summary> train_loss = {};
  std::optional<Summary> validation_metric = {};  ///< at the end
  std::size_t diverged = 0;                       ///< counted here and nowhere averaged
};

/// Those of a contender at a point, in the order of their seeds, among its runs. They must outlive
/// the result.
FreshRuns fresh_runs_of(const Contender& contender, const optim::Settings& point,
                        const Options& options, const Metric& metric, std::span<const Run> runs);

/// None of a run that diverged, or has no finite one.
std::optional<double> test_metric_of(const Run& run);

/// The validation metric after the last epoch, of a run that finished, where it is finite.
std::optional<double> validation_at_end_of(const Run& run);

}  // namespace ravine::compare
