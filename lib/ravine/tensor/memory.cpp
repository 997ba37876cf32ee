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

}  // namespace

/// The kept blocks of a thread, by size. The lists have no destructor, so that reaching them takes
/// one instruction; the object gives their blocks back when the thread ends.
struct KeptBlocks {
  using Block = Memory::Block;
  enum class State { not_armed, armed, gone };

  static constinit thread_local std::array<Block*, size_classes> lists;
  static constinit thread_local State state;

  KeptBlocks() { state = State::armed; }
  ~KeptBlocks() {
    state = State::gone;  // tensors that die later free theirs
    for (Block* block : lists)
      while (block != nullptr) release(std::exchange(block, block->next_kept));
  }

  static void release(Block* block) noexcept {
    block->~Block();
    ::operator delete(block, std::align_val_t(Memory::alignment));
  }
};

constinit thread_local std::array<Memory::Block*, size_classes> KeptBlocks::lists{};
constinit thread_local KeptBlocks::State KeptBlocks::state = KeptBlocks::State::not_armed;

Memory::Memory(std::size_t bytes) {
  const std::size_t size_class = class_of(bytes);
  if (size_class >= size_classes) throw std::bad_alloc();
  Block*& list = KeptBlocks::lists[size_class];
  if (list != nullptr && KeptBlocks::state == KeptBlocks::State::armed) {
    block_ = std::exchange(list, list->next_kept);
    block_->references.store(1, std::memory_order_relaxed);
    return;
  }
  void* place = ::operator new(sizeof(Block) + bytes_of(size_class), std::align_val_t(alignment));
  block_ = new (place) Block;
  block_->size_class = size_class;
}

void Memory::keep(Block* block) noexcept {
  if (!keeps_blocks || KeptBlocks::state == KeptBlocks::State::gone)
    return KeptBlocks::release(block);
  if (KeptBlocks::state == KeptBlocks::State::not_armed) thread_local const KeptBlocks armed;
  Block*& list = KeptBlocks::lists[block->size_class];
  block->next_kept = std::exchange(list, block);
}

}  // namespace ravine
