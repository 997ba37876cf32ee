#include "ravine/lab/rounded_columns.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "ravine/data/standardizer.hpp"

namespace ravine::lab {
namespace {

/// What a column's values have in common.
class Reach {
 public:
  void add(float value) {
    low_ = std::min(low_, value);
    high_ = std::max(high_, value);
    are_integers_ = are_integers_ && std::trunc(value) == value;
  }
  /// In size.
  float largest() const { return std::max(std::abs(low_), std::abs(high_)); }
  bool is_exact() const {
    constexpr float coarse = 1 << 22;  // as of here float has halves at best
    return low_ == high_ || (are_integers_ && largest() < coarse);
  }

 private:
  float low_ = std::numeric_limits<float>::infinity();
  float high_ = -std::numeric_limits<float>::infinity();
  bool are_integers_ = true;
};

RoundedColumn rounding_of(const std::string& name, const Reach& reach, double deviation) {
  const float largest = reach.largest();
  const float step = largest - std::nextafter(largest, 0.0F);
  return {.name = name, .distance = largest / deviation, .error = step / (2 * deviation)};
}

std::vector<Reach> reaches(const data::Features& features) {
  std::vector<Reach> columns(features.columns());
  const Tensor<float> values = features.floats();
  for (std::size_t i = 0; i < values.size(); ++i) columns[i % columns.size()].add(values[i]);
  return columns;
}

}  // namespace

std::vector<RoundedColumn> rounded_columns(const data::Dataset& raw, double tolerable) {
  std::vector<RoundedColumn> found;
  const auto look_at = [&](const std::string& name, const Reach& reach, double deviation) {
    if (reach.is_exact()) return;
    RoundedColumn column = rounding_of(name, reach, deviation);
    if (column.error > tolerable) found.push_back(std::move(column));
  };
  if (!raw.features.held_as_bytes()) {
    const std::vector<Reach> columns = reaches(raw.features);
    const std::vector<double> deviations = fit_features(raw).deviation;
    for (std::size_t j = 0; j < columns.size(); ++j)
      look_at(raw.feature_names[j], columns[j], deviations[j]);
  }
  if (raw.task == data::Task::regression) {
    Reach reach;
    for (const float value : raw.targets.values()) reach.add(value);
    look_at(raw.target_name, reach, fit_target(raw).deviation[0]);
  }
  std::ranges::sort(found, std::greater(), &RoundedColumn::error);
  return found;
}

}  // namespace ravine::lab
