#include "ravine/data/dialect.hpp"

#include <gtest/gtest.h>

namespace ravine::data {
namespace {

char delimiter_of(std::string_view text) { return find_dialect(text, "a.csv").delimiter; }
bool has_header(std::string_view text) { return find_dialect(text, "a.csv").has_header; }

TEST(FindDialect, FindsTheDelimiter) {
  EXPECT_EQ(delimiter_of("1,2,3\n4,5,6\n"), ',');
  EXPECT_EQ(delimiter_of("1\t2\t3\n4\t5\t6\n"), '\t');
  EXPECT_EQ(delimiter_of("1|2|3\n4|5|6\n"), '|');
  EXPECT_EQ(delimiter_of("  1   2  3\n 4 5   6\n"), ' ');
  EXPECT_EQ(delimiter_of("1,5;2,5;3\n4,1;5,1;6\n"), ';');
  EXPECT_EQ(delimiter_of("sepal length,b\n1,2\n"), ',');
  EXPECT_EQ(delimiter_of("2020-01-01 12:00,1\n2020-01-02 12:00,2\n"), ',');
  EXPECT_EQ(delimiter_of("\"a;b;c\",1\n\"d;e;f\",2\n"), ',');
  EXPECT_EQ(delimiter_of("1,2,3\n4,5\n6,7,8\n"), ',') << "one ragged row";
  EXPECT_EQ(delimiter_of("1\n2\n"), ',');
}

TEST(FindDialect, FindsTheHeader) {
  EXPECT_TRUE(has_header("a,b\n1,2\n"));
  EXPECT_TRUE(has_header("a,b,species\n1,2,setosa\n3,4,virginica\n"));
  EXPECT_TRUE(has_header(",a,b\n0,1,2\n1,3,4\n")) << "as pandas writes an index";
  EXPECT_TRUE(has_header("name,2019,price\n3,1,2\n4,5,6\n"));
  EXPECT_TRUE(has_header("a,b\n")) << "nothing but a header";
}

TEST(FindDialect, TakesDataForData) {
  EXPECT_FALSE(has_header("1,2\n3,4\n"));
  EXPECT_FALSE(has_header("1,2,setosa\n3,4,virginica\n"));
  EXPECT_FALSE(has_header("5.1,oops,3,4\n1,2,3,4\n")) << "one word among numbers is a mistake";
  EXPECT_FALSE(has_header("n/a,2\n3,4\n")) << "a missing value is no name";
  EXPECT_FALSE(has_header("5.1,3.5,setosa\n")) << "one row to predict from";
}

TEST(FindDialect, SkipsTheFirstLineOfScikitLearnsFiles) {
  const Dialect dialect = find_dialect("2,3,malignant,benign\n1,2,3,0\n4,5,6,1\n", "a.csv");
  EXPECT_EQ(dialect.records_before_data, 1U);
  EXPECT_FALSE(dialect.has_header);
}

}  // namespace
}  // namespace ravine::data
