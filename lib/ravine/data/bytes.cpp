#include "ravine/data/bytes.hpp"

#include <sys/mman.h>

namespace ravine::data {
namespace {

constexpr std::size_t large_page = std::size_t{1} << 21U;

/// A block of fewer would have more of its memory beside the large pages than on them.
constexpr std::size_t worth_large_pages = 2 * large_page;

std::align_val_t alignment_of(std::size_t bytes) {
  constexpr std::size_t cache_line = 64;
  return std::align_val_t(bytes < worth_large_pages ? cache_line : large_page);
}

}  // namespace

template <class T>
T* BulkAllocator<T>::allocate(std::size_t count) {
  const std::size_t bytes = count * sizeof(T);
  void* block = ::operator new(bytes, alignment_of(bytes));
  // Where this is refused, the pages are small.
  if (bytes >= worth_large_pages) static_cast<void>(madvise(block, bytes, MADV_HUGEPAGE));
  return static_cast<T*>(block);
}

template <class T>
void BulkAllocator<T>::deallocate(T* block, std::size_t count) noexcept {
  ::operator delete(block, alignment_of(count * sizeof(T)));
}

template struct BulkAllocator<std::uint8_t>;

}  // namespace ravine::data
