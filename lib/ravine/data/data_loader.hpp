#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <vector>

#include "ravine/data/dataset.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine::data {

struct DataLoaderOptions {
  std::size_t batch_size = 32;
  bool shuffle = true;
  /// Whether the last batch is left out when it would be smaller than the others.
  bool drop_last = false;
  /// Of the order of examples; drawn from default_generator() when not given.
  std::optional<std::uint64_t> seed = std::nullopt;
};

/// Some examples: x [b, f] and y [b]; y is empty for data without targets.
struct Batch {
  Tensor<float> x;
  Tensor<float> y;
};

/// The examples of a dataset, batch by batch: `for (auto& [x, y] : DataLoader(train, {}))`.
/// Each call of begin() starts another epoch, in another order if they are shuffled. A batch that
/// is kept past its turn stays as it is.
class DataLoader {
 public:
  /// Throws InputError for a batch size of 0, no examples, or no batch left by drop_last.
  explicit DataLoader(Dataset dataset, const DataLoaderOptions& options = {});

  class Iterator {
   public:
    using value_type = Batch;
    using difference_type = std::ptrdiff_t;

    explicit Iterator(DataLoader* loader) : loader_(loader) {}
    Batch& operator*() const { return loader_->batch_; }
    Batch* operator->() const { return &loader_->batch_; }
    Iterator& operator++() {
      loader_->advance();
      return *this;
    }
    void operator++(int) { loader_->advance(); }
    bool operator==(std::default_sentinel_t /*end*/) const { return loader_->exhausted_; }

   private:
    DataLoader* loader_;
  };

  Iterator begin();
  std::default_sentinel_t end() const { return {}; }

  /// The number of batches in an epoch.
  std::size_t batch_count() const;
  const Dataset& dataset() const { return dataset_; }

 private:
  void advance();
  std::size_t examples_per_epoch() const;

  Dataset dataset_;
  DataLoaderOptions options_;
  Batch batch_;

  // The place in an epoch: what a checkpoint has to hold to go on from here.
  Generator generator_;
  std::vector<std::size_t> order_;
  std::size_t position_ = 0;  // of the first example after the current batch
  bool exhausted_ = true;
};

}  // namespace ravine::data
