#include <cmath>
#include <sstream>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string valley = "lab trajectory --function 3*w1^2+10*w2^2 --start=-15,20 ";

std::vector<double> row_of(const std::string& csv, std::size_t row) {
  std::istringstream lines(csv);
  std::string line;
  for (std::size_t i = 0; i <= row; ++i) std::getline(lines, line);
  std::vector<double> numbers;
  std::istringstream cells(line);
  for (std::string cell; std::getline(cells, cell, ',');) numbers.push_back(std::stod(cell));
  return numbers;
}

// The first steps as the texts give them, worked out by hand there, to two decimals.
TEST(Trajectory, MomentumIsWhereTheTextHasIt) {
  const Process process =
      ravine(words(valley + "--optimizer momentum --lr 0.001 --set momentum=0.9 --steps 2 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("step,w1,w2,f\n0,-15,20,4675\n"));
  const auto last = row_of(process.out, 3);
  EXPECT_EQ(last[0], 2);
  EXPECT_NEAR(last[1], -14.74, 0.005);
  EXPECT_NEAR(last[2], 18.85, 0.005);
  EXPECT_NEAR(last[3], 3 * last[1] * last[1] + 10 * last[2] * last[2], 1e-9);
}

TEST(Trajectory, RmspropIsWhereTheTextHasIt) {
  const Json json = ravine_json(
      words(valley + "--optimizer rmsprop --lr 0.05 --set alpha=0.9 --set eps=1e-8 --set "
                     "eps_inside_root=true --steps 2"));
  EXPECT_EQ(json["command"], "lab trajectory");
  EXPECT_EQ(json["optimizer"]["name"], "rmsprop");
  EXPECT_EQ(json["optimizer"]["eps_inside_root"], true);
  EXPECT_EQ(json["optimizer"]["lr"], 0.05);
  EXPECT_EQ(json["steps"], 2);
  EXPECT_EQ(json["diverged"], false);
  ASSERT_EQ(json["points"].size(), 3U);
  EXPECT_NEAR(json["points"][2][0].get<double>(), -14.73, 0.005);
  EXPECT_NEAR(json["points"][2][1].get<double>(), 19.73, 0.005);
  EXPECT_EQ(json["values"][0], 4675);
}

TEST(Trajectory, TableShowsFirstAndLast) {
  const Process process = ravine(words(valley + "--lr 0.01 --steps 137"));
  EXPECT_EQ(process.status, 0);
  EXPECT_THAT(process.out, HasSubstr("   0  "));
  EXPECT_THAT(process.out, HasSubstr(" 137  "));
  EXPECT_LT(std::ranges::count(process.out, '\n'), 26);
}

TEST(Trajectory, DivergenceShowsWhatThereIs) {
  const Process process = ravine(words(valley + "--lr 10 --steps 1000 --csv"));
  EXPECT_EQ(process.status, 1);
  EXPECT_THAT(process.err, StartsWith("ravine: error: diverged: after step "));
  const auto rows = std::ranges::count(process.out, '\n');
  EXPECT_GT(rows, 10);
  EXPECT_LT(rows, 1000);
  // w2 is multiplied by 1 - 20 lr = -199 a step.
  EXPECT_NEAR(row_of(process.out, 2)[2], 20 * -199, 1e-9);
}

}  // namespace
}  // namespace ravine::apps
