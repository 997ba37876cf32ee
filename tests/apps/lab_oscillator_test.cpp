#include <cmath>
#include <sstream>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

TEST(LabOscillator, PrintsTheMapToMomentum) {
  const Json json = ravine_json(
      words("lab oscillator --mass 2 --friction 4 --dt 0.5 --curvatures 3,30 --steps 100"));
  EXPECT_EQ(json["command"], "lab oscillator");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_DOUBLE_EQ(json["epsilon"], 0.0625);
  EXPECT_DOUBLE_EQ(json["momentum"], 0.5);
  ASSERT_EQ(json["modes"].size(), 2U);
  const Json& mode = json["modes"][0];
  EXPECT_EQ(mode["curvature"], 3);
  // 2 s^2 + 4 s + 3, and s^2 - (1.5 - 0.1875) s + 0.5.
  EXPECT_NEAR(mode["lambda"][0][0], -1, 1e-15);
  EXPECT_NEAR(mode["lambda"][0][1], std::sqrt(0.5), 1e-15);
  EXPECT_NEAR(mode["lambda"][1][1], -std::sqrt(0.5), 1e-15);
  EXPECT_NEAR(mode["discrete_eigenvalues"][0][0], 0.65625, 1e-15);
  EXPECT_NEAR(mode["discrete_eigenvalues"][0][1], std::sqrt(0.5 - 0.65625 * 0.65625), 1e-15);
  EXPECT_NEAR(mode["speedup"], 4.0 / 3, 1e-15);
  EXPECT_EQ(mode["stable"], true);
  EXPECT_LT(json["max_closed_form_error"], 1e-9);
  ASSERT_EQ(mode["run"].size(), 101U);
  EXPECT_EQ(mode["run"][1], 1 - 3 * 0.0625);
  EXPECT_EQ(json["peak"]["curvature"], 2);
  EXPECT_EQ(json["peak"]["speedup"], 2);
}

TEST(LabOscillator, AnUnstableModeIsAResult) {
  const Process process = ravine(words("lab oscillator --curvatures 3,60"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, HasSubstr("Curvature 60 is unstable"));
  const Json json = ravine_json(words("lab oscillator --curvatures 60"));
  EXPECT_EQ(json["modes"][0]["stable"], false);
}

TEST(LabOscillator, SaysWhichTimeItSpeaksOf) {
  EXPECT_THAT(unbroken(ravine(words("lab oscillator --dt 0.3")).out),
              testing::AllOf(HasSubstr("learning rate 0.02812, momentum 0.625."),
                             HasSubstr("In continuous time the motion at the curvature 2")));
}

TEST(LabOscillator, PrintsTheRunAsCsv) {
  const Process process = ravine(words("lab oscillator --curvatures 2 --steps 3 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  std::istringstream lines(process.out);
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line, "curvature,step,time,run,closed_form,continuous");
  std::getline(lines, line);
  EXPECT_EQ(line, "2,0,0,1,1,1");
  std::getline(lines, line);
  EXPECT_THAT(line, testing::StartsWith("2,1,0.5,0.875,0.875,"));  // 1 - 2 / 16
  // Critically damped: exp(-t) (1 + t).
  EXPECT_NEAR(std::stod(line.substr(line.rfind(',') + 1)), std::exp(-0.5) * 1.5, 1e-15);
  EXPECT_EQ(std::ranges::count(process.out, '\n'), 1 + 4);
}

TEST(LabOscillator, WritesAPage) {
  const Folder folder;
  const std::string page = (folder.path() / "page.html").string();
  EXPECT_EQ(ravine(words("lab oscillator --report " + page)).status, 0);
  EXPECT_THAT(data::testing::content_of(page), HasSubstr("<h1>Momentum as a damped oscillator"));
}

TEST(LabOscillator, RefusesWhatDoesNotMove) {
  const auto with = [](const std::string& options) { return words("lab oscillator " + options); };
  EXPECT_TRUE(refused(with("--friction 0"), {"friction must be above 0", "0 was given"}));
  EXPECT_TRUE(refused(with("--friction=-1"), {"friction must be above 0", "-1 was given"}));
  EXPECT_TRUE(refused(with("--mass 0"), {"mass must be above 0", "plain gradient descent"}));
  EXPECT_TRUE(refused(with("--dt 0"), {"dt must be above 0"}));
  EXPECT_TRUE(refused(with("--dt nan"), {"dt must be above 0"}));
  EXPECT_TRUE(refused(with("--curvatures 3,0"), {"a curvature must be above 0"}));
  EXPECT_TRUE(refused(with("--curvatures 3,,4"), {"--curvatures", "has an empty place"}));
  EXPECT_TRUE(refused(with("--start 0"), {"start must be finite and not 0"}));
  EXPECT_TRUE(refused(with("--steps 0"), {"--steps"}));
  EXPECT_TRUE(refused(with("--steps 99999999999"), {"steps", "too many (at most 400000)"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(with("--frictoin 3"), {"--friction"}));
}

}  // namespace
}  // namespace ravine::apps
