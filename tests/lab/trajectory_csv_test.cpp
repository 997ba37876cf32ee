#include "ravine/lab/trajectory_csv.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "ravine/lab/expression.hpp"

namespace ravine::lab {
namespace {

TEST(TrajectoryCsv, HasARowAPoint) {
  const Trajectory run{.points = {{-15, 0.1}, {1e-300, 1}}, .values = {4675, -0.0}};
  EXPECT_EQ(csv(run),
            "step,w1,w2,f\n"
            "0,-15,0.10000000000000001,4675\n"
            "1,1e-300,1,-0\n");
}

TEST(TrajectoryCsv, NumbersAreThoseOfPrintfAndReadBack) {
  const Trajectory run = trajectory(Expression("exp(w1) + w1^4/3"), std::vector<double>{1. / 3},
                                    {.settings = {{"lr", 0.017}}, .steps = 50});
  std::istringstream lines(csv(run));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "step,w1,f");
  for (std::size_t step = 0; step <= 50; ++step) {
    ASSERT_TRUE(std::getline(lines, line));
    char expected[100];
    std::snprintf(expected, sizeof expected, "%zu,%.17g,%.17g", step, run.points[step][0],
                  run.values[step]);
    EXPECT_EQ(line, expected);
    EXPECT_EQ(std::strtod(line.c_str() + line.find(',') + 1, nullptr), run.points[step][0]);
  }
  EXPECT_FALSE(std::getline(lines, line));
}

}  // namespace
}  // namespace ravine::lab
