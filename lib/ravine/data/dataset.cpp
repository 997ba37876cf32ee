#include "ravine/data/dataset.hpp"

namespace ravine::data {

Dataset Dataset::subset(std::span<const std::size_t> rows) const {
  Dataset part = *this;
  part.features = features.subset(rows);
  if (!has_targets()) return part;
  part.targets = Tensor<float>::uninitialized({rows.size()});
  for (std::size_t i = 0; i < rows.size(); ++i) part.targets[i] = targets[rows[i]];
  return part;
}

}  // namespace ravine::data
