#include "ravine/data/data_loader.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

/// An unshuffled loader draws nothing, so that evaluating does not disturb later random numbers.
std::uint64_t seed_of(const DataLoaderOptions& options) {
  if (options.seed) return *options.seed;
  return options.shuffle ? default_generator().bits() : 0;
}

/// A tensor of this shape to write to: the one that is there, unless somebody holds on to it.
void make_room(Tensor<float>& tensor, const Shape& shape) {
  if (tensor.unique() && tensor.shape() == shape) return;
  tensor = {};  // given back first, so that its memory is what the new one gets
  tensor = Tensor<float>::uninitialized(shape);
}

}  // namespace

DataLoader::DataLoader(Dataset dataset, const DataLoaderOptions& options)
    : dataset_(std::move(dataset)), options_(options), generator_(seed_of(options)) {
  if (options.batch_size == 0)
    throw InputError("batch size 0 is not possible (a batch has at least 1 example)");
  if (dataset_.size() == 0) throw InputError(text(dataset_.name, ": has no examples"));
  if (examples_per_epoch() == 0)
    throw InputError(text(dataset_.name, ": batch size ", options.batch_size, " is more than the ",
                          dataset_.size(), " examples, and incomplete batches are left out"));
  order_.resize(dataset_.size());
}

std::size_t DataLoader::examples_per_epoch() const {
  const std::size_t size = dataset_.size();
  return options_.drop_last ? size - size % options_.batch_size : size;
}

std::size_t DataLoader::batch_count() const {
  // Not (n + b - 1) / b, which overflows for a batch size near the largest number.
  const std::size_t examples = examples_per_epoch();
  return examples / options_.batch_size + (examples % options_.batch_size != 0 ? 1 : 0);
}

DataLoader::Iterator DataLoader::begin() {
  // From the sorted order each time: an epoch's order then depends on the generator alone.
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  if (options_.shuffle) generator_.shuffle(order_);
  position_ = 0;
  exhausted_ = false;
  advance();
  return Iterator(this);
}

void DataLoader::advance() {
  const std::size_t count = std::min(options_.batch_size, examples_per_epoch() - position_);
  if (count == 0) {
    batch_ = {};
    exhausted_ = true;
    return;
  }
  const std::span rows(order_.data() + position_, count);
  make_room(batch_.x, {count, dataset_.feature_count()});
  dataset_.features.gather(rows, batch_.x.data());
  if (dataset_.has_targets()) {
    make_room(batch_.y, {count});
    for (std::size_t i = 0; i < count; ++i) batch_.y[i] = dataset_.targets[rows[i]];
  }
  position_ += count;
}

}  // namespace ravine::data
