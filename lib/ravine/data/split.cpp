#include "ravine/data/split.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

/// Apart from the streams that weights and the order of batches are drawn from.
constexpr std::uint64_t split_stream = 0x73706c6974;

}  // namespace

TrainTest split(const Dataset& dataset, double fraction, std::uint64_t seed) {
  if (!(fraction > 0 && fraction < 1))
    throw InputError(text(dataset.name, ": a part of ", fraction,
                          " cannot be set aside (a fraction between 0 and 1 is expected)"));
  // A regression is divided as if all examples were of one class.
  const bool stratified = dataset.task == Task::classification;
  const auto class_of = [&](std::size_t row) {
    return stratified ? static_cast<std::size_t>(dataset.targets[row]) : 0;
  };
  std::vector<std::size_t> members(stratified ? dataset.class_count() : 1);
  for (std::size_t row = 0; row < dataset.size(); ++row) ++members[class_of(row)];

  std::vector<std::size_t> wanted;
  for (const std::size_t count : members) {
    const auto share = static_cast<std::size_t>(std::lround(fraction * static_cast<double>(count)));
    wanted.push_back(count < 2 ? 0 : std::clamp<std::size_t>(share, 1, count - 1));
  }

  std::vector<std::size_t> train;
  std::vector<std::size_t> test;
  for (const std::size_t row : Generator(seed, split_stream).permutation(dataset.size())) {
    std::size_t& missing = wanted[class_of(row)];
    if (missing > 0) {
      test.push_back(row);
      --missing;
    } else {
      train.push_back(row);
    }
  }
  if (train.empty() || test.empty())
    throw InputError(text(dataset.name, ": a part of ", fraction, " of ", dataset.size(),
                          " examples leaves one of the two parts empty"));
  return {.train = dataset.subset(train), .test = dataset.subset(test)};
}

}  // namespace ravine::data
