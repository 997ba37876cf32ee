#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>
#include <vector>

namespace ravine::data {

/// Memory that a vector of many elements is read into. New elements are left as they come, not set
/// to 0 first; and large blocks lie on large pages where the system has them: the 11,500 page
/// faults of MNIST's bytes take longer than their memory, and rows in a shuffled order miss the
/// table of small pages at every row.
template <class T>
struct BulkAllocator {
  using value_type = T;

  BulkAllocator() = default;
  template <class U>
  explicit BulkAllocator(const BulkAllocator<U>& /*other*/) {}

  /// Throws std::bad_alloc.
  T* allocate(std::size_t count);
  void deallocate(T* block, std::size_t count) noexcept;

  void construct(T* element) { ::new (element) T; }
  template <class Value>
  void construct(T* element, Value&& value) {
    ::new (element) T(std::forward<Value>(value));
  }

  bool operator==(const BulkAllocator& /*other*/) const { return true; }
};

extern template struct BulkAllocator<std::uint8_t>;

using Bytes = std::vector<std::uint8_t, BulkAllocator<std::uint8_t>>;

}  // namespace ravine::data
