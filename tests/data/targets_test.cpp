#include "ravine/data/targets.hpp"

#include <gmock/gmock.h>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using testing::message;

std::vector<double> repeated(std::vector<double> values, std::size_t times) {
  std::vector<double> result;
  for (std::size_t i = 0; i < times; ++i) result.insert(result.end(), values.begin(), values.end());
  return result;
}

Task task_of(const std::vector<double>& numbers) {
  return encode_numbers(numbers, std::nullopt, "a.csv").task;
}

TEST(EncodeNumbers, FewRepeatedIntegersAreClasses) {
  EXPECT_EQ(task_of(repeated({3, 1, 2}, 5)), Task::classification);
  EXPECT_EQ(task_of({0, 1, 1}), Task::classification) << "two values, however few examples";
  EXPECT_EQ(task_of(repeated({1, 2, 3}, 4)), Task::regression) << "fewer than five of each";
  EXPECT_EQ(task_of(repeated({0.5, 1, 2}, 50)), Task::regression) << "not all are integers";
  std::vector<double> values(21);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  EXPECT_EQ(task_of(repeated(values, 50)), Task::regression) << "more than 20 values";
}

TEST(EncodeNumbers, ClassesAreInTheOrderOfTheNumbers) {
  const Targets targets = encode_numbers(repeated({10, -1, 2}, 5), std::nullopt, "a.csv");
  EXPECT_THAT(targets.class_names, ElementsAre("-1", "2", "10"));
  EXPECT_THAT(targets.values.rows(0, 3).to_vector(), ElementsAre(2, 0, 1));
}

TEST(EncodeNumbers, TheTaskCanBeDecided) {
  const std::vector<double> numbers{0.5, 1.5};
  EXPECT_THAT(encode_numbers(numbers, Task::classification, "a.csv").class_names,
              ElementsAre("0.5", "1.5"));
  const Targets regression = encode_numbers(repeated({0, 1}, 9), Task::regression, "a.csv");
  EXPECT_EQ(regression.task, Task::regression);
  EXPECT_TRUE(regression.class_names.empty());
}

TEST(EncodeNumbers, MeasurementsAreNoClasses) {
  std::vector<double> numbers;
  for (int i = 0; i < 30; ++i) numbers.push_back(i + 0.5);
  EXPECT_THAT(message([&] { encode_numbers(numbers, Task::classification, "a.csv"); }),
              ::testing::HasSubstr("a.csv: 30 different numbers such as 0.5 are no classes"));
}

TEST(EncodeNumbers, RefusesOneClass) {
  EXPECT_EQ(message([] { encode_numbers(repeated({7}, 9), std::nullopt, "a.csv"); }),
            "a.csv holds one class only ('7'), classification needs at least two");
}

TEST(EncodeLabels, ClassesAreInAlphabeticalOrder) {
  const std::vector<std::string> labels{"b", "c", "a", "b"};
  const Targets targets = encode_labels(labels, "a.csv");
  EXPECT_THAT(targets.class_names, ElementsAre("a", "b", "c"));
  EXPECT_THAT(targets.values.to_vector(), ElementsAre(1, 2, 0, 1));
  EXPECT_EQ(message([] {
              encode_labels(std::vector<std::string>{"a", "a"}, "x");
            }),
            "x holds one class only ('a'), classification needs at least two");
}

TEST(ClassIndex, FindsNumbersHoweverTheyAreWritten) {
  const std::vector<std::string> names{"1", "2", "b"};
  const ClassIndex classes(names);
  EXPECT_EQ(classes.find("2.0"), 1.0F);
  EXPECT_EQ(classes.find("b"), 2.0F);
  EXPECT_FALSE(classes.find("3"));
}

}  // namespace
}  // namespace ravine::data
