#include "ravine/report/wrapped.hpp"

#include <gtest/gtest.h>

namespace ravine::report {
namespace {

TEST(Wrapped, BreaksLinesBetweenWordsAndIndentsWhatGoesOn) {
  const std::string words = "1234567 1234567 1234567 1234567 1234567 1234567";  // 47 columns
  EXPECT_EQ(wrapped({words + ' ' + words + " end", "Next."}),
            words + ' ' + words + " end\nNext.\n");  // 99 columns
  EXPECT_EQ(wrapped({words + ' ' + words + " ended", "Next."}),
            words + ' ' + words + "\n  ended\nNext.\n");  // 101
}

TEST(Wrapped, LeavesACommandInOneLineAsItIsTyped) {
  const std::string command = "ravine train --data 'my table.csv'" + std::string(80, 'x');
  EXPECT_EQ(wrapped({"Take adam: `" + command + "`."}), "Take adam:\n  " + command + "\n");
  EXPECT_EQ(wrapped({"See `ravine lab surfaces NAME`, too."}),
            "See ravine lab surfaces NAME, too.\n");
}

}  // namespace
}  // namespace ravine::report
