// The programs of apps/examples, as docs/ shows them: they run, and what they learn is right.
#include "apps/command.hpp"

namespace ravine::apps {
namespace {

/// What the program prints, a number.
double printed_by(const std::string& example) {
  const Folder folder;
  const Process process = test::run_process(
      "/bin/sh",
      {"-c", "cd '" + folder.path().string() + "' && " + RAVINE_EXAMPLES + "/" + example});
  EXPECT_EQ(process.status, 0) << example << process.err;
  return std::stod(process.out);
}

TEST(Examples, TrainTheDigits) {
  EXPECT_GT(printed_by("digits"), 0.95);
  EXPECT_GT(printed_by("own_rule"), 0.9);
  EXPECT_GT(printed_by("around_the_rule"), 0.95);
}

TEST(Examples, FindTheLine) { EXPECT_NEAR(printed_by("closure"), 21, 1e-3); }

/// The least loss of a linear model, by numpy.linalg.lstsq on standardised columns.
TEST(Examples, TrainAtTheSettingsOfTheCurvature) {
  EXPECT_NEAR(printed_by("curvature"), 0.2411258, 2e-5);
}

}  // namespace
}  // namespace ravine::apps
