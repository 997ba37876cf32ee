#include "ravine/data/record_reader.hpp"

#include <gmock/gmock.h>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using testing::message;

using Records = std::vector<std::vector<std::string>>;

Records records_of(std::string_view text, char delimiter) {
  RecordReader reader(text, delimiter, "a.csv");
  Records records;
  std::vector<std::string_view> cells;
  while (reader.next(cells)) records.emplace_back(cells.begin(), cells.end());
  return records;
}

TEST(RecordReader, SplitsAtEveryKindOfLineEnd) {
  EXPECT_EQ(records_of("a,b\n1,2\r\n3,4\r5,6", ','),
            (Records{{"a", "b"}, {"1", "2"}, {"3", "4"}, {"5", "6"}}));
}

TEST(RecordReader, SkipsBlankLinesAndKeepsBlankCells) {
  EXPECT_EQ(records_of("\n1,\n \t \r\n,2\n,\n\n", ','), (Records{{"1", ""}, {"", "2"}, {"", ""}}));
  EXPECT_EQ(records_of("\t1\n2\t\n", '\t'), (Records{{"", "1"}, {"2", ""}}));
}

TEST(RecordReader, UnderstandsQuotes) {
  EXPECT_EQ(records_of("\"a,b\", \"say \"\"hi\"\"\" ,\"\"\n\"two\nlines\",5\",\"\"\"\"", ','),
            (Records{{"a,b", "say \"hi\"", ""}, {"two\nlines", "5\"", "\""}}));
}

TEST(RecordReader, TakesRunsOfBlanksAsOneDelimiter) {
  EXPECT_EQ(records_of("  1   2\t 3 \n\"a b\"  4 5\n", ' '),
            (Records{{"1", "2", "3"}, {"a b", "4", "5"}}));
}

TEST(RecordReader, CountsLinesInsideQuotesToo) {
  RecordReader reader("\"a\nb\r\nc\",1\n\n2,3\n", ',', "a.csv");
  std::vector<std::string_view> cells;
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 1U);
  ASSERT_TRUE(reader.next(cells));
  EXPECT_EQ(reader.line(), 5U);
  EXPECT_THAT(cells, ElementsAre("2", "3"));
}

TEST(RecordReader, SaysWhereQuotesAreWrong) {
  EXPECT_EQ(message([] { records_of("1,2\n\"3,4\n5,6\n", ','); }),
            "a.csv:2: a quoted cell is never closed");
  EXPECT_EQ(message([] { records_of("1,2\n\"3\"x,4\n", ','); }),
            "a.csv:2: text follows a closing quote (double the quotes inside a cell)");
}

}  // namespace
}  // namespace ravine::data
