#include "ravine/data/standardizer.hpp"

#include <cmath>
#include <span>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

/// Welford (1962), "Note on a method for calculating corrected sums of squares": one pass, no
/// cancellation for columns far from zero, and exactly zero for constant ones.
class Moments {
 public:
  explicit Moments(std::size_t columns) : mean_(columns, 0.0), squares_(columns, 0.0) {}

  void add(std::span<const float> row) {
    const double weight = 1.0 / static_cast<double>(++count_);
    for (std::size_t j = 0; j < row.size(); ++j) {
      const double from_old = row[j] - mean_[j];
      mean_[j] += from_old * weight;
      squares_[j] += from_old * (row[j] - mean_[j]);
    }
  }

  Standardizer standardizer() const {
    Standardizer result{.mean = mean_, .deviation = {}};
    for (const double sum : squares_) {
      const double deviation = std::sqrt(sum / static_cast<double>(count_));
      result.deviation.push_back(deviation > 0 ? deviation : 1.0);
    }
    return result;
  }

 private:
  std::size_t count_ = 0;
  std::vector<double> mean_;
  std::vector<double> squares_;
};

void require_examples(const Dataset& dataset) {
  if (dataset.size() == 0)
    throw InputError(text(dataset.name, ": has no examples to take means and deviations of"));
}

void require_one_column(const Standardizer& standardizer) {
  if (standardizer.mean.size() != 1 || standardizer.deviation.size() != 1)
    throw ShapeError(text("standardize: a target has one mean, not ", standardizer.mean.size()));
}

}  // namespace

Standardizer fit_features(const Dataset& train) {
  require_examples(train);
  Moments moments(train.feature_count());
  std::vector<float> values(train.feature_count());
  for (std::size_t row = 0; row < train.size(); ++row) {
    train.features.gather({&row, 1}, values.data());
    moments.add(values);
  }
  return moments.standardizer();
}

Standardizer fit_target(const Dataset& train) {
  require_examples(train);
  if (train.task != Task::regression)
    throw InputError(text(train.name, ": the target '", train.target_name,
                          "' is a class, which is not standardised"));
  Moments moments(1);
  for (const float& value : train.targets.values()) moments.add({&value, 1});
  return moments.standardizer();
}

Dataset standardize_features(const Dataset& dataset, const Standardizer& standardizer) {
  Dataset result = dataset;
  result.features = dataset.features.rescaled(standardizer.mean, standardizer.deviation);
  return result;
}

Dataset standardize_target(const Dataset& dataset, const Standardizer& standardizer) {
  require_one_column(standardizer);
  Dataset result = dataset;
  result.targets = dataset.targets.clone();
  for (float& y : result.targets.values())
    y = static_cast<float>((y - standardizer.mean[0]) / standardizer.deviation[0]);
  return result;
}

Tensor<float> restore_target(const Tensor<float>& standardized, const Standardizer& standardizer) {
  require_one_column(standardizer);
  Tensor<float> result = standardized.clone();
  for (float& y : result.values())
    y = static_cast<float>(y * standardizer.deviation[0] + standardizer.mean[0]);
  return result;
}

}  // namespace ravine::data
