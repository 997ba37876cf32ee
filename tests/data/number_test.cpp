#include "ravine/data/number.hpp"

#include <gtest/gtest.h>

namespace ravine::data {
namespace {

TEST(ParseNumber, ReadsWhatFilesHold) {
  EXPECT_EQ(parse_number("12"), 12.0);
  EXPECT_EQ(parse_number(" -1.5e-3\t"), -1.5e-3);
  EXPECT_EQ(parse_number("+.5"), 0.5);
  EXPECT_EQ(parse_number("7."), 7.0);
  EXPECT_EQ(parse_number("1e-400"), 0.0);
}

TEST(ParseNumber, RefusesWordsAndWhatIsNotFinite) {
  for (const char* cell :
       {"", " ", "a", "1a", "1 2", "1,5", "nan", "inf", "-inf", "1e400", "+-1", "0x10", "--1", "+"})
    EXPECT_FALSE(parse_number(cell)) << cell;
}

TEST(IsMissing, KnowsTheUsualMarks) {
  for (const char* cell : {"", "  ", "NA", "n/a", "NaN", "null", "None", "?", "-", "inf"})
    EXPECT_TRUE(is_missing(cell)) << cell;
  for (const char* cell : {"0", "-1", "nano", "setosa"}) EXPECT_FALSE(is_missing(cell)) << cell;
}

TEST(Printed, IsTheShortestDecimal) {
  EXPECT_EQ(printed(1.0), "1");
  EXPECT_EQ(printed(-0.1), "-0.1");
}

}  // namespace
}  // namespace ravine::data
