#include "ravine/compare/fingerprint.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <span>
#include <vector>

namespace ravine::compare {
namespace {

/// FNV-1a (Fowler, Noll and Vo, 1991) by words of 32 bits.
class Fingerprint {
 public:
  void add(std::span<const float> numbers) {
    for (const float number : numbers)
      state_ = (state_ ^ std::bit_cast<std::uint32_t>(number)) * 0x100000001b3U;
  }
  void add(const data::Dataset& part) {
    constexpr std::size_t rows_at_once = 256;
    std::vector<std::size_t> rows(rows_at_once);
    std::vector<float> numbers(rows_at_once * part.feature_count());
    for (std::size_t first = 0; first < part.size(); first += rows_at_once) {
      rows.resize(std::min(rows_at_once, part.size() - first));
      std::iota(rows.begin(), rows.end(), first);
      numbers.resize(rows.size() * part.feature_count());
      part.features.gather(rows, numbers.data());
      add(numbers);
    }
    add(part.targets.values());
  }
  std::uint64_t value() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325U;
};

}  // namespace

std::uint64_t fingerprint_of(const data::TrainTest& parts) {
  Fingerprint fingerprint;
  fingerprint.add(parts.train);
  fingerprint.add(parts.test);
  return fingerprint.value();
}

}  // namespace ravine::compare
