#include "ravine/compare/run.hpp"

#include <algorithm>

namespace ravine::compare {

const Run* find_run(std::span<const Run> runs, const RunKey& key) {
  const auto found = std::ranges::find(runs, key, &Run::key);
  return found == runs.end() ? nullptr : &*found;
}

}  // namespace ravine::compare
