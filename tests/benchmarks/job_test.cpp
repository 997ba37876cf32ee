#include "job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace ravine::benchmarks {
namespace {

Job parse(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  return parse_job(static_cast<int>(arguments.size()), arguments.data());
}

TEST(Job, IsReadFromItsWords) {
  const Job job =
      parse({"program", "train", "widths=784,32,10", "lr=0.5", "batch=16", "folder=a=b"});
  EXPECT_EQ(job.kind, "train");
  EXPECT_THAT(job.widths(), testing::ElementsAre(784, 32, 10));
  EXPECT_EQ(job.number("lr"), 0.5);
  EXPECT_EQ(job.count("batch"), 16U);
  EXPECT_EQ(job.text("folder"), "a=b");
  EXPECT_THROW(job.text("threads"), std::out_of_range);
}

TEST(Job, OfAnotherFormIsRefused) {
  EXPECT_THROW(parse({"program"}), std::invalid_argument);
  EXPECT_THROW(parse({"program", "train", "fast"}), std::invalid_argument);
}

}  // namespace
}  // namespace ravine::benchmarks
