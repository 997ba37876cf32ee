#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <utility>

namespace ravine {

/// A counted reference to a block of kept memory.
///
/// A block whose last reference goes is not given back to the system: it waits on a list of the
/// thread that dropped it, by size, and the next request for that size takes it. A training step
/// asks for the same sizes again and again, so after the first one it allocates nothing.
class Memory {
 public:
  /// Every block starts on such a boundary: a cache line, and the widest vector there is.
  static constexpr std::size_t alignment = 64;

  Memory() = default;
  /// A block of at least `bytes` bytes, not initialised. Throws std::bad_alloc.
  explicit Memory(std::size_t bytes);

  Memory(const Memory& other) noexcept : block_(other.block_) {
    if (block_ != nullptr) block_->references.fetch_add(1, std::memory_order_relaxed);
  }
  Memory(Memory&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  Memory& operator=(Memory other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~Memory() {
    if (block_ == nullptr) return;
    // Who holds the only reference need not lock: nobody else could copy it meanwhile.
    if (unique() || block_->references.fetch_sub(1, std::memory_order_acq_rel) == 1) keep(block_);
  }

  void* data() const { return block_ == nullptr ? nullptr : block_->bytes(); }
  /// Whether nobody else refers to the block, so that it may be written over.
  bool unique() const {
    return block_ != nullptr && block_->references.load(std::memory_order_acquire) == 1;
  }

 private:
  friend struct KeptBlocks;

  struct alignas(alignment) Block {
    std::atomic<std::size_t> references{1};
    std::size_t size_class = 0;
    Block* next_kept = nullptr;
    void* bytes() { return this + 1; }
  };
  static_assert(sizeof(Block) == alignment);

  static void keep(Block* block) noexcept;

  Block* block_ = nullptr;
};

}  // namespace ravine
