#include "ravine/tensor/text.hpp"

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

namespace ravine {
namespace {

const std::vector<std::string> optimizers{"sgd", "momentum", "nesterov", "rmsprop", "adam"};

TEST(Text, PutsPartsTogether) { EXPECT_EQ(text("row ", 3, " of ", 1.5, '!'), "row 3 of 1.5!"); }

TEST(Joined, SeparatesItems) {
  EXPECT_EQ(joined(std::vector{1, 2, 3}), "1, 2, 3");
  EXPECT_EQ(joined(std::vector{1, 2}, "|"), "1|2");
  EXPECT_EQ(joined(std::vector<int>{}), "");
}

TEST(Split, GivesWhatStandsBetweenSeparators) {
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(split("a b", ','), (std::vector<std::string_view>{"a b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Trimmed, LosesTheBlanksAtItsEnds) {
  EXPECT_EQ(trimmed(" \ta b\r"), "a b");
  EXPECT_EQ(trimmed(" "), "");
}

TEST(Suggestion, OffersTheNearestName) {
  EXPECT_EQ(suggestion("adm", optimizers), " (did you mean 'adam'?)");
  EXPECT_EQ(suggestion("adma", optimizers), " (did you mean 'adam'?)");
  EXPECT_EQ(suggestion("rmspro", optimizers), " (did you mean 'rmsprop'?)");
  EXPECT_EQ(suggestion("momemtun", optimizers), " (did you mean 'momentum'?)");
}

TEST(Suggestion, CountsASwapOfNeighboursAsOneEdit) {
  // Three letters allow one edit, which "gsd" and "sdg" need by a swap and would exceed without.
  EXPECT_EQ(suggestion("gsd", optimizers), " (did you mean 'sgd'?)");
  EXPECT_EQ(suggestion("sdg", optimizers), " (did you mean 'sgd'?)");
}

TEST(Suggestion, TakesCapitalsForSmallLetters) {
  EXPECT_EQ(suggestion("SGD", optimizers), " (did you mean 'sgd'?)");
  EXPECT_EQ(suggestion("ADMA", optimizers), " (did you mean 'adam'?)");
}

TEST(Suggestion, ListsAllWhereNoneIsNear) {
  const std::string all = " (known: sgd, momentum, nesterov, rmsprop, adam)";
  EXPECT_EQ(suggestion("lbfgs", optimizers), all);
  EXPECT_EQ(suggestion("", optimizers), all);
  EXPECT_EQ(suggestion(std::string(1'000'000, 'a'), optimizers), all);
}

TEST(Suggestion, IsEmptyWhereNothingIsKnown) { EXPECT_EQ(suggestion("adam", {}), ""); }

}  // namespace
}  // namespace ravine
