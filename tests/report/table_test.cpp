#include "ravine/report/table.hpp"

#include <gtest/gtest.h>

namespace ravine::report {
namespace {

TEST(Table, AlignsItsColumns) {
  EXPECT_EQ(aligned({.columns = {{"name"}, {"size", Align::right}, {"note"}},
                     .rows = {{"a", "1", "first"}, {"longer", "12345", ""}}}),
            "name     size  note\n"
            "a           1  first\n"
            "longer  12345\n");
}

TEST(Table, HasNoHeadWithoutTitles) {
  EXPECT_EQ(aligned({.columns = {{}, {}}, .rows = {{"a", "b"}}}), "a  b\n");
}

TEST(Table, MeasuresWhatIsShownNotItsBytes) {
  EXPECT_EQ(display_width("β₁ m"), 4U);
  EXPECT_EQ(display_width("m̂"), 1U);  // m and a combining circumflex
  EXPECT_EQ(aligned({.columns = {{}, {}}, .rows = {{"m̂ ", "x"}, {"√v̂", "y"}}}),
            "m̂   x\n"
            "√v̂  y\n");
}

}  // namespace
}  // namespace ravine::report
