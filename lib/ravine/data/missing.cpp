#include "ravine/data/missing.hpp"

#include <array>
#include <cmath>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

std::vector<float> means_of(const Dataset& train) {
  const Tensor<float> values = train.features.floats();
  const std::size_t columns = train.feature_count();
  std::vector<float> means;
  for (std::size_t j = 0; j < columns; ++j) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = j; i < values.size(); i += columns) {
      if (std::isnan(values[i])) continue;
      sum += values[i];
      ++count;
    }
    if (count == 0)
      throw InputError(text(train.name, ": column '", train.feature_names[j],
                            "' has no number to take the mean of"));
    means.push_back(static_cast<float>(sum / static_cast<double>(count)));
  }
  return means;
}

}  // namespace

std::span<const std::string> missing_names() {
  static const std::array<std::string, 3> names{"error", "drop", "mean"};
  return names;
}

std::string_view name_of(Missing missing) {
  return missing_names()[static_cast<std::size_t>(missing)];
}

Dataset filled(const Dataset& dataset) {
  Tensor<float> values = dataset.features.floats().clone();
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::isnan(values[i])) values[i] = dataset.feature_means[i % dataset.feature_count()];
  Dataset result = dataset;
  result.features = Features(std::move(values));
  return result;
}

void fill_missing(TrainTest& parts) {
  parts.train.feature_means = means_of(parts.train);
  parts.test.feature_means = parts.train.feature_means;
  parts.train = filled(parts.train);
  parts.test = filled(parts.test);
}

}  // namespace ravine::data
