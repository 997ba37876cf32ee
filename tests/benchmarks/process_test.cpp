#include "works/process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ravine::benchmarks {
namespace {

TEST(Process, TellsHowItEnded) {
  const Ended ended = run({"sh", "-c", "echo $WHAT; echo but >&2; exit 3"}, {{"WHAT", "this"}});
  EXPECT_EQ(ended.status, 3);
  EXPECT_EQ(ended.out, "this\n");
  EXPECT_EQ(ended.err, "but\n");
  EXPECT_EQ(run({"no-program-has-this-name"}).status, 127);
  EXPECT_EQ(run({"sh", "-c", "kill -9 $$"}).status, 128 + 9);
}

TEST(Process, MeasuresTimeAndPeakMemory) {
  // tail keeps the last line, and there is no other.
  const Ended ended =
      run({"sh", "-c", "head -c 300000000 /dev/zero | tail -n 1 >/dev/null; sleep 0.05"});
  EXPECT_GT(ended.peak_bytes, 300e6);
  EXPECT_LT(ended.peak_bytes, 700e6);
  EXPECT_GT(ended.seconds, 0.05);
}

TEST(Process, RunsBesideOthers) {
  const Process first({"sleep", "0.4"}, {});
  const Process second({"sleep", "0.4"}, {});
  const double one = first.wait().seconds;
  const double other = second.wait().seconds;
  EXPECT_LT(one + other, 1.2);
  EXPECT_GT(other, 0.4);
}

}  // namespace
}  // namespace ravine::benchmarks
