#include "ravine/compare/curve.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/compare/quantile.hpp"

namespace ravine::compare {
namespace {

using Records = std::vector<EpochRecord>;

/// Of the runs that got so far. Epochs are from 1.
Records records_after(std::span<const Run* const> runs, std::size_t epoch) {
  Records records;
  for (const Run* run : runs) {
    if (run->epochs.size() < epoch) continue;
    const EpochRecord& record = run->epochs[epoch - 1];
    if (std::isfinite(record.train_loss) && std::isfinite(record.validation_loss) &&
        std::isfinite(record.validation_metric))
      records.push_back(record);
  }
  return records;
}

std::vector<double> values(const Records& records, double EpochRecord::*member) {
  std::vector<double> values;
  for (const EpochRecord& record : records) values.push_back(record.*member);
  return values;
}

Band band(const Records& records, double EpochRecord::*member) {
  const std::vector<double> each = values(records, member);
  return {.low = quantile(each, 0.25), .median = median(each), .high = quantile(each, 0.75)};
}

}  // namespace

std::vector<CurvePoint> curve_of(std::span<const Run* const> runs, double steps_per_epoch) {
  std::size_t epochs = 0;
  for (const Run* run : runs) epochs = std::max(epochs, run->epochs.size());
  std::vector<CurvePoint> curve;
  for (std::size_t epoch = 1; epoch <= epochs; ++epoch) {
    const Records records = records_after(runs, epoch);
    if (records.empty()) continue;
    curve.push_back({.epoch = epoch,
                     .steps = static_cast<double>(epoch) * steps_per_epoch,
                     .seconds = median(values(records, &EpochRecord::seconds)),
                     .n = records.size(),
                     .train_loss = band(records, &EpochRecord::train_loss),
                     .validation_loss = band(records, &EpochRecord::validation_loss),
                     .validation_metric = band(records, &EpochRecord::validation_metric)});
  }
  return curve;
}

}  // namespace ravine::compare
