#include "ravine/tensor/threads.hpp"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"
#include "support/with_threads.hpp"

namespace ravine {
namespace {

using test::message;
using test::WithThreads;

/// The sum of i^2 over [0, n), part by part.
std::uint64_t sum_of_squares(std::size_t n, std::size_t parts) {
  std::vector<std::uint64_t> sums(parts);
  parallel::run(parts, [&](std::size_t part) {
    const auto [begin, end] = parallel::part_of(n, parts, part);
    for (std::size_t i = begin; i < end; ++i) sums[part] += i * i;
  });
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
}
std::uint64_t exact_sum_of_squares(std::uint64_t n) { return (n - 1) * n * (2 * n - 1) / 6; }

/// Whether so many parts are ever under way at once: each waits for all others, in a thread of its
/// own.
bool all_meet(std::size_t parts) {
  std::atomic<std::size_t> arrived = 0;
  std::atomic<bool> met = true;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  parallel::run(parts, [&](std::size_t) {
    ++arrived;
    while (arrived < parts && met) {
      if (std::chrono::steady_clock::now() > deadline) met = false;
      std::this_thread::yield();
    }
  });
  return met;
}

TEST(Threads, EveryPartRunsOnce) {
  for (std::size_t count = 1; count <= 4; ++count) {
    const WithThreads with(count);
    ASSERT_EQ(threads(), count);
    for (std::size_t parts = 0; parts <= 9; ++parts)
      for (int repeat = 0; repeat < 200; ++repeat) {
        std::array<std::atomic<int>, 10> runs{};
        parallel::run(parts, [&](std::size_t part) { ++runs.at(part); });
        for (std::size_t part = 0; part < runs.size(); ++part)
          ASSERT_EQ(runs[part], part < parts ? 1 : 0) << part << " of " << parts;
      }
  }
}

TEST(Threads, SoDoMoreThanThePoolHasNumbersFor) {
  const WithThreads with(2);
  for (const std::size_t parts : {0xFFFFU, 0x10000U, 0x10001U}) {
    std::atomic<std::size_t> runs = 0;
    std::atomic<std::size_t> numbers = 0;
    parallel::run(parts, [&](std::size_t part) {
      ++runs;
      numbers += part;
    });
    EXPECT_EQ(runs, parts);
    EXPECT_EQ(numbers, parts * (parts - 1) / 2);
  }
}

TEST(Threads, HelpWhereTheyAreFree) {
  for (std::size_t count = 2; count <= 4; ++count) {
    const WithThreads with(count);
    EXPECT_TRUE(all_meet(count)) << count;
  }
}

TEST(Threads, WakeWhenTheyHaveFallenAsleep) {
  const WithThreads with(3);
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(all_meet(3));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // they watch for less than 1 ms
    EXPECT_EQ(sum_of_squares(1001, 3), exact_sum_of_squares(1001));
  }
}

TEST(Threads, TheirNumberChangesAgainAndAgain) {
  const WithThreads restored(1);
  for (int i = 0; i < 40; ++i) {
    const auto count = static_cast<std::size_t>(1 + i * 7 % 5);
    set_threads(count);
    EXPECT_EQ(threads(), count);
    EXPECT_EQ(sum_of_squares(777, 4), exact_sum_of_squares(777));
  }
  set_threads(2);
  EXPECT_TRUE(all_meet(2));
}

TEST(Threads, ARegionInsideAnotherRunsToItsEnd) {
  for (std::size_t count = 1; count <= 4; ++count) {
    const WithThreads with(count);
    for (int repeat = 0; repeat < 100; ++repeat) {
      std::array<std::uint64_t, 5> sums{};
      parallel::run(sums.size(),
                    [&](std::size_t part) { sums.at(part) = sum_of_squares(100 + part, 3); });
      for (std::size_t part = 0; part < sums.size(); ++part)
        ASSERT_EQ(sums[part], exact_sum_of_squares(100 + part));
    }
  }
}

TEST(Threads, RegionsOfSeveralCallersRunAtOnce) {
  const WithThreads with(3);
  std::array<std::size_t, 4> right{};
  std::vector<std::thread> callers;
  for (std::size_t caller = 0; caller < right.size(); ++caller)
    callers.emplace_back([&right, caller] {
      for (std::size_t i = 0; i < 500; ++i) {
        const std::size_t n = 50 + 100 * caller + i;
        if (sum_of_squares(n, 1 + i % 6) == exact_sum_of_squares(n)) ++right.at(caller);
      }
    });
  for (std::thread& caller : callers) caller.join();
  EXPECT_THAT(right, testing::Each(500U));
}

#if !defined(__SANITIZE_THREAD__)  // which knows no fork of a process with several threads
TEST(Threads, AForkedProcessComputesWithoutThem) {
  const WithThreads with(3);
  ASSERT_EQ(sum_of_squares(1001, 3), exact_sum_of_squares(1001));
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    alarm(20);
    _exit(sum_of_squares(1001, 3) == exact_sum_of_squares(1001) ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}
#endif

TEST(Threads, OfANumberThatCannotBeAreRefused) {
  const std::size_t before = threads();
  EXPECT_EQ(message([] { set_threads(0); }), "threads must be from 1 to 65535, 0 were given");
  EXPECT_EQ(message([] { set_threads(65536); }),
            "threads must be from 1 to 65535, 65536 were given");
  EXPECT_EQ(threads(), before);
}

TEST(Threads, AreAsManyAsTheCoresThisProcessMayUse) {
  EXPECT_GE(usable_cores(), 1U);
  EXPECT_LE(usable_cores(), std::max(std::thread::hardware_concurrency(), 1U));
}

TEST(PartOf, CoversTheRangeInOrderAtMultiplesOfTheUnit) {
  for (const std::size_t count : {0, 1, 2, 15, 16, 17, 31, 33, 100, 1001})
    for (std::size_t parts = 1; parts <= 9; ++parts)
      for (const std::size_t unit : {1, 3, 16}) {
        std::size_t end = 0;
        std::size_t largest = 0;
        std::size_t smallest = count;
        for (std::size_t part = 0; part < parts; ++part) {
          const parallel::Range range = parallel::part_of(count, parts, part, unit);
          ASSERT_EQ(range.begin, end) << count << " in " << parts << " by " << unit;
          ASSERT_LE(range.begin, range.end);
          ASSERT_TRUE(range.begin % unit == 0 || range.begin == count);
          end = range.end;
          largest = std::max(largest, range.size());
          smallest = std::min(smallest, range.size());
        }
        ASSERT_EQ(end, count);
        ASSERT_LE(largest - smallest, unit + unit - 1);  // one unit, and what the last one lacks
      }
}

TEST(PartsFor, CutsWorkThatIsWorthItAtMostOnceAThread) {
  const WithThreads with(3);
  EXPECT_EQ(parallel::parts_for(0, 10), 1U);
  EXPECT_EQ(parallel::parts_for(19, 10), 1U);
  EXPECT_EQ(parallel::parts_for(20, 10), 2U);
  EXPECT_EQ(parallel::parts_for(1000, 10), 3U);
}

}  // namespace
}  // namespace ravine
