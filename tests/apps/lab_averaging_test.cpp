#include <cmath>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

TEST(LabAveraging, PrintsWeightsByAge) {
  const Json json = ravine_json(words("lab averaging --beta 0.9 --steps 50"));
  EXPECT_EQ(json["command"], "lab averaging");
  EXPECT_EQ(json["beta"], 0.9);
  EXPECT_NEAR(json["effective_number"], 10, 1e-12);
  for (const char* name : {"weights", "average_weights", "corrected_weights"})
    ASSERT_EQ(json[name].size(), 50U) << name;
  for (int age = 0; age < 50; ++age) {
    const double weight = std::pow(0.9, age);
    EXPECT_NEAR(json["weights"][age], weight, 1e-9 * weight);
    EXPECT_NEAR(json["average_weights"][age], 0.1 * weight, 1e-9 * weight);
    EXPECT_NEAR(json["corrected_weights"][age], 0.1 * weight / (1 - std::pow(0.9, 50)),
                1e-9 * weight);
  }
  EXPECT_LT(json["max_closed_form_error"], 1e-9);
  EXPECT_TRUE(json["others"].empty());
}

TEST(LabAveraging, TakesSeveralBetas) {
  const Json json = ravine_json(words("lab averaging --beta 0.5,0.75 --steps 3"));
  EXPECT_EQ(json["weights"], Json({1, 0.5, 0.25}));
  EXPECT_EQ(json["others"][0]["effective_number"], 4);
  EXPECT_EQ(json["others"][0]["weights"], Json({1, 0.75, 0.5625}));
}

TEST(LabAveraging, NoiseIsOfTheSeed) {
  const auto signal = [](const char* seed) {
    return ravine_json(words("lab averaging --seed", {seed}))["noisy_signal"];
  };
  EXPECT_EQ(signal("1"), signal("1"));
  EXPECT_NE(signal("1"), signal("2"));
}

TEST(LabAveraging, PrintsTheWeightsAsCsv) {
  const Process process = ravine(words("lab averaging --beta 0.5 --steps 2 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(
      process.out,
      StartsWith("beta,age,weight,closed_form,average_weight,corrected_weight\n"
                 "0.5,0,1,1,0.5,0.6666666666666666\n0.5,1,0.5,0.5,0.25,0.3333333333333333"));
}

TEST(LabAveraging, RefusesWhatIsNoAverage) {
  const auto with = [](const std::string& options) { return words("lab averaging " + options); };
  EXPECT_TRUE(refused(with("--beta 1"), {"beta must be in [0, 1), 1 was given"}));
  EXPECT_TRUE(refused(with("--beta=0.9,-0.1"), {"beta must be in [0, 1), -0.1 was given"}));
  EXPECT_TRUE(refused(with("--beta 0.9,0.9"), {"beta 0.9 is given twice"}));
  EXPECT_TRUE(refused(with("--beta nan"), {"beta must be in [0, 1)"}));
  EXPECT_TRUE(refused(with("--beta x"), {"--beta", "'x' is not a number"}));
  EXPECT_TRUE(refused(with("--steps 0"), {"--steps"}));
  EXPECT_TRUE(refused(with("--steps 10001"), {"steps must be from 1 to 10000"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
}

}  // namespace
}  // namespace ravine::apps
