#include "ravine/tensor/memory.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <new>
#include <set>
#include <thread>
#include <vector>

#if defined(__GLIBC__)
#include <malloc.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
constexpr bool keeps_blocks = false;
#else
constexpr bool keeps_blocks = true;
#endif

namespace ravine {
namespace {

TEST(Memory, IsAlignedAndWritable) {
  for (const std::size_t bytes : {0, 1, 63, 64, 65, 511, 512, 513, 4095, 100'000, 1 << 20}) {
    Memory memory(bytes);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory.data()) % Memory::alignment, 0u) << bytes;
    if (bytes != 0) std::memset(memory.data(), 0x5a, bytes);
  }
}

TEST(Memory, EmptyReferenceHasNoBlock) {
  const Memory none;
  EXPECT_EQ(none.data(), nullptr);
  EXPECT_FALSE(none.unique());
}

TEST(Memory, CountsReferences) {
  Memory a(100);
  EXPECT_TRUE(a.unique());
  Memory b = a;
  EXPECT_FALSE(a.unique());
  EXPECT_EQ(a.data(), b.data());
  Memory c = std::move(b);
  EXPECT_EQ(c.data(), a.data());
  c = Memory();
  EXPECT_TRUE(a.unique());
  a = *&a;
  EXPECT_TRUE(a.unique());
}

TEST(Memory, ReusesABlockOfTheSameSize) {
  if (!keeps_blocks) return;
  for (const std::size_t bytes : {1u, 64u, 1000u, 1u << 20U}) {
    void* first = nullptr;
    {
      const Memory memory(bytes);
      first = memory.data();
    }
    const Memory again(bytes);
    EXPECT_EQ(again.data(), first) << bytes;
  }
}

TEST(Memory, NeverGivesOneBlockToTwo) {
  std::vector<Memory> held;
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < 100; ++i) held.emplace_back(16 * i + 1);
    std::set<void*> seen;
    for (const Memory& memory : held) EXPECT_TRUE(seen.insert(memory.data()).second);
    held.erase(held.begin() + 50, held.end());
  }
}

TEST(Memory, ReusedBlocksAreLargeEnough) {
  // Each request is written over whole, in an order that makes blocks change hands often: a size
  // class that served a larger request with a smaller block would break the heap or the pattern.
  std::vector<std::pair<Memory, std::size_t>> held;
  std::uint64_t state = 1;
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const std::size_t bytes = 1 + (state >> 33U) % (1U << (6 + i % 10));
    if (held.size() > 40) {
      const auto& [memory, size] = held[i % 40];
      const auto* begin = static_cast<const unsigned char*>(memory.data());
      for (std::size_t b = 0; b < size; ++b) ASSERT_EQ(begin[b], size % 251);
      held.erase(held.begin() + i % 40);
    }
    Memory memory(bytes);
    std::memset(memory.data(), static_cast<int>(bytes % 251), bytes);
    held.emplace_back(std::move(memory), bytes);
  }
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Memory, IsAtMostAnEighthLargerThanAsked) {
  constexpr std::size_t rounding = 64 + 64;  // to the alignment, and what malloc leaves at an end
  std::size_t before = 0;
  for (std::size_t bytes = 1; bytes < 100'000; bytes += bytes / 50 + 1) {
    const Memory memory(bytes);
    // What malloc was asked for begins with the block's header, of the alignment's size.
    void* block = static_cast<std::byte*>(memory.data()) - Memory::alignment;
    const std::size_t usable = malloc_usable_size(block) - Memory::alignment;
    EXPECT_GE(usable, bytes);
    EXPECT_LE(usable, bytes + bytes / 8 + rounding) << bytes;
    EXPECT_GE(usable + rounding, before) << bytes;
    before = usable;
  }
}
#endif

TEST(Memory, RefusesWhatNoMachineHas) {
  EXPECT_THROW(Memory(std::numeric_limits<std::size_t>::max()), std::bad_alloc);
  EXPECT_THROW(Memory(std::numeric_limits<std::size_t>::max() / 2), std::bad_alloc);
  EXPECT_THROW(Memory(std::size_t{1} << 60U), std::bad_alloc);
}

TEST(Memory, BlocksChangeThreads) {
  // A block made here and dropped there is reused there, and goes when that thread ends; the
  // sanitizers see a leak or a use after the end.
  for (int round = 0; round < 20; ++round) {
    std::vector<Memory> made;
    for (std::size_t i = 0; i < 50; ++i) made.emplace_back(1000 * i + 1);
    std::vector<Memory> returned;
    std::thread([&] {
      made.clear();
      for (std::size_t i = 0; i < 50; ++i) returned.emplace_back(1000 * i + 1);
    }).join();
    for (std::size_t i = 0; i < 50; ++i) std::memset(returned[i].data(), 1, 1000 * i + 1);
  }
}

TEST(Memory, ReferencesAreSharedBetweenThreads) {
  const Memory shared(256);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([shared] {
      for (int i = 0; i < 10'000; ++i) {
        const Memory mine = shared;
        ASSERT_FALSE(mine.unique());
      }
    });
  for (std::thread& thread : threads) thread.join();
  threads.clear();
  EXPECT_TRUE(shared.unique());
}

TEST(Memory, IsFreedByObjectsThatOutliveTheirThreadsLists) {
  std::thread([] {
    // Made before the lists of the thread, so destroyed after them.
    thread_local Memory late;
    late = Memory();
    late = Memory(1000);
  }).join();
}

}  // namespace
}  // namespace ravine
