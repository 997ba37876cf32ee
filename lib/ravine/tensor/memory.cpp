#include "ravine/tensor/memory.hpp"

#include <array>
#include <bit>
#include <new>

namespace ravine {
namespace {

// Eight sizes an octave: a block is at most an eighth larger than what was asked for.
constexpr std::size_t steps_per_octave = 8;
constexpr std::size_t octaves = 40;
constexpr std::size_t size_classes = octaves * steps_per_octave;
constexpr std::size_t smallest = Memory::alignment * steps_per_octave;

std::size_t class_of(std::size_t bytes) {
  if (bytes <= smallest) return (bytes + Memory::alignment - 1) / Memory::alignment;
  const auto octave = static_cast<std::size_t>(std::bit_width((bytes - 1) / smallest));
  const std::size_t unit = Memory::alignment << (octave - 1);
  return octave * steps_per_octave + (bytes + unit - 1) / unit - steps_per_octave;
}

std::size_t bytes_of(std::size_t size_class) {
  if (size_class <= steps_per_octave) return size_class * Memory::alignment;
  const std::size_t octave = (size_class - 1) / steps_per_octave;
  const std::size_t unit = Memory::alignment << (octave - 1);
  return (size_class - octave * steps_per_octave + steps_per_octave) * unit;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool keeps_blocks = false;  // so that the sanitizer sees a use after the last reference
#else
constexpr bool keeps_blocks = true;
#endif

// Set when the thread's lists are gone; objects that die later free their blocks directly.
thread_local bool lists_are_gone = false;

}  // namespace

struct KeptBlocks {
  std::array<Memory::Block*, size_classes> lists{};

  ~KeptBlocks() {
    for (Memory::Block* block : lists)
      while (block != nullptr) release(std::exchange(block, block->next_kept));
    lists_are_gone = true;
  }

  static void release(Memory::Block* block) {
    block->~Block();
    ::operator delete(block, std::align_val_t(Memory::alignment));
  }

  static KeptBlocks& of_this_thread() {
    thread_local KeptBlocks kept;
    return kept;
  }
};

Memory::Memory(std::size_t bytes) {
  const std::size_t size_class = class_of(bytes);
  if (size_class >= size_classes) throw std::bad_alloc();
  if (keeps_blocks && !lists_are_gone) {
    Block*& list = KeptBlocks::of_this_thread().lists[size_class];
    if (list != nullptr) {
      block_ = std::exchange(list, list->next_kept);
      block_->references.store(1, std::memory_order_relaxed);
      return;
    }
  }
  void* place = ::operator new(sizeof(Block) + bytes_of(size_class), std::align_val_t(alignment));
  block_ = new (place) Block;
  block_->size_class = size_class;
}

void Memory::keep(Block* block) noexcept {
  if (!keeps_blocks || lists_are_gone) return KeptBlocks::release(block);
  Block*& list = KeptBlocks::of_this_thread().lists[block->size_class];
  block->next_kept = std::exchange(list, block);
}

}  // namespace ravine
