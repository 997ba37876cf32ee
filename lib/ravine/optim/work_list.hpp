#pragma once

#include <array>
#include <span>
#include <vector>

#include "ravine/optim/update.hpp"

namespace ravine::optim {

/// The arrays that a step goes over, cut into parts of equal size for the threads. Keeps its
/// memory.
template <class T>
class WorkList {
 public:
  /// For so many parameters.
  explicit WorkList(std::size_t parameters);

  void clear() { arrays_.clear(); }
  void add(const Arrays<T>& arrays) { arrays_.push_back(arrays); }
  /// Adds arrays in one piece with those before them, where they lie behind them in memory.
  void append(const Arrays<T>& arrays);
  std::span<const Arrays<T>> arrays() const { return arrays_; }

  /// Cuts what was added into parts worth a thread each, and returns how many.
  std::size_t cut();
  std::span<const Arrays<T>> part(std::size_t part) const {
    return std::span(pieces_).subspan(first_[part], first_[part + 1] - first_[part]);
  }

  /// More threads than this would wait for memory.
  static constexpr std::size_t most_parts = 64;

 private:
  std::vector<Arrays<T>> arrays_;
  std::vector<Arrays<T>> pieces_;
  std::array<std::size_t, most_parts + 1> first_{};  // of a part's pieces
};

extern template class WorkList<float>;
extern template class WorkList<double>;

}  // namespace ravine::optim
