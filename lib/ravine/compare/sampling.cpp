#include "ravine/compare/sampling.hpp"

#include <array>
#include <cmath>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::compare {
namespace {

/// A base for each dimension; a rule has fewer fields that are numbers than there are of these.
constexpr std::array bases{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

/// The digits of i in a base, mirrored at the point: 1, 2, 3 in base 2 give 1/2, 1/4, 3/4.
double radical_inverse(std::size_t i, int base) {
  const auto b = static_cast<std::size_t>(base);
  double value = 0;
  for (double weight = 1.0 / base; i != 0; i /= b, weight /= base)
    value += static_cast<double>(i % b) * weight;
  return value;
}

std::vector<std::vector<double>> quasi_random(std::size_t dimensions, std::size_t count,
                                              Generator& generator) {
  if (dimensions > bases.size())
    throw InputError(text("a quasi-random search has at most ", bases.size(), " dimensions, ",
                          dimensions, " were asked for (take --search random)"));
  std::vector<double> shift(dimensions);
  for (double& s : shift) s = generator.uniform();
  std::vector<std::vector<double>> points(count, std::vector<double>(dimensions));
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t d = 0; d < dimensions; ++d) {
      const double place = radical_inverse(i + 1, bases[d]) + shift[d];
      points[i][d] = place - std::floor(place);
    }
  return points;
}

std::vector<std::vector<double>> independent(std::size_t dimensions, std::size_t count,
                                             Generator& generator) {
  std::vector<std::vector<double>> points(count, std::vector<double>(dimensions));
  for (std::vector<double>& point : points)
    for (double& place : point) place = generator.uniform();
  return points;
}

/// Values a dimension: as equal as may be with at most `count` points, the first ones having more.
std::vector<std::size_t> grid_sizes(std::size_t dimensions, std::size_t count) {
  std::vector<std::size_t> sizes(dimensions, 1);
  const auto points_with = [&](std::size_t raised) {
    std::size_t points = 1;
    for (std::size_t d = 0; d < dimensions; ++d) points *= sizes[d] + (d == raised ? 1 : 0);
    return points;
  };
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t d = 0; d < dimensions; ++d) {
      if (points_with(d) > count) continue;
      ++sizes[d];
      grown = true;
    }
  }
  return sizes;
}

std::vector<std::vector<double>> grid(std::size_t dimensions, std::size_t count,
                                      Generator& generator) {
  const std::vector<std::size_t> sizes = grid_sizes(dimensions, count);
  std::vector<std::vector<double>> points{{}};
  for (const std::size_t size : sizes) {
    std::vector<std::vector<double>> longer;
    longer.reserve(points.size() * size);
    for (const std::vector<double>& point : points)
      for (std::size_t i = 0; i < size; ++i) {
        longer.push_back(point);
        longer.back().push_back(size == 1 ? 0.5
                                          : static_cast<double>(i) / static_cast<double>(size - 1));
      }
    points = std::move(longer);
  }
  std::vector<std::vector<double>> shuffled;
  shuffled.reserve(points.size());
  for (const std::size_t i : generator.permutation(points.size())) shuffled.push_back(points[i]);
  return shuffled;
}

}  // namespace

std::span<const std::string> search_names() {
  static const std::array<std::string, 3> names{"random", "quasi", "grid"};
  return names;
}

std::string_view name_of(Search search) { return search_names()[static_cast<std::size_t>(search)]; }

std::vector<std::vector<double>> sample(Search search, std::size_t dimensions, std::size_t count,
                                        std::uint64_t seed) {
  Generator generator(seed);
  if (count == 0 || dimensions == 0) return {};
  switch (search) {
    case Search::random:
      return independent(dimensions, count, generator);
    case Search::grid: {
      auto points = grid(dimensions, count, generator);
      const auto rest = quasi_random(dimensions, count - points.size(), generator);
      points.insert(points.end(), rest.begin(), rest.end());
      return points;
    }
    case Search::quasi:
      break;
  }
  return quasi_random(dimensions, count, generator);
}

}  // namespace ravine::compare
