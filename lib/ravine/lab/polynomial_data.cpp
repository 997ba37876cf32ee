#include "ravine/lab/polynomial_data.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {

PolynomialData made_up_points(std::uint64_t seed) {
  constexpr int points = 30;
  constexpr double noise = 0.2;
  Generator generator(seed);
  PolynomialData data;
  data.name = "30 points on sin(pi x) with noise";
  for (int i = 0; i < points; ++i) {
    const double x = -1 + 2.0 * i / (points - 1);
    data.x.push_back(x);
    data.y.push_back(std::sin(std::numbers::pi * x) + noise * generator.normal());
  }
  return data;
}

PolynomialData points_of(const data::Dataset& dataset) {
  if (dataset.task != data::Task::regression)
    throw InputError(text(dataset.name, ": its target '", dataset.target_name,
                          "' is a class, and a polynomial needs numbers"));
  if (dataset.feature_count() != 1)
    throw InputError(text(dataset.name, ": a polynomial is of one x, but besides the target '",
                          dataset.target_name, "' there are ", dataset.feature_count(),
                          " columns (give a file of two columns, x and y)"));
  const Tensor<float> x = dataset.features.floats();
  const auto [low, high] = std::ranges::minmax(x.values());
  if (!(low < high))
    throw InputError(text(dataset.name, ": column '", dataset.feature_names.front(), "' is ", low,
                          " in every row, and a polynomial needs different x"));
  PolynomialData data;
  data.name = dataset.name;
  data.x_name = dataset.feature_names.front();
  data.y_name = dataset.target_name;
  data.x_low = low;
  data.x_high = high;
  for (const float value : x.values())
    data.x.push_back(2 * (value - data.x_low) / (data.x_high - data.x_low) - 1);
  data.y.assign(dataset.targets.values().begin(), dataset.targets.values().end());
  return data;
}

}  // namespace ravine::lab
