#include <cmath>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

Json at(const std::string& rule, const std::string& gradients, const Words& further = {}) {
  return ravine_json(words("lab amplification --rule " + rule + " --at=" + gradients, further));
}

TEST(LabAmplification, PrintsTheFactorOfAPoint) {
  const Json momentum = at("momentum", "1,1");
  EXPECT_EQ(momentum["command"], "lab amplification");
  EXPECT_EQ(momentum["rule"], "momentum");
  EXPECT_EQ(momentum["at"], Json({1, 1}));
  EXPECT_NEAR(momentum["value"], 1.9, 1e-12);
  EXPECT_NEAR(momentum["closed_form"], 1.9, 1e-12);
  EXPECT_NEAR(at("momentum", "-1,2")["value"], 0.55, 1e-12);
  const double adaptive = at("adaptive", "3,-4", {"--set", "alpha=0.9"})["value"];
  EXPECT_NEAR(adaptive, 1 / std::sqrt(0.09 * 9 + 0.1 * 16), 1e-7);
  const Json adam = at("adam", "2,1");
  const double ratio =
      adam["value"].get<double>() / at("adam-uncorrected", "2,1")["value"].get<double>();
  EXPECT_NEAR(ratio, 0.2353, 0.00005);
  EXPECT_NEAR(adam["correction_factor"], 0.2353, 0.00005);
  EXPECT_EQ(adam["settings"]["bias_correction"], true);
  EXPECT_LT(adam["max_closed_form_error"], 1e-12);
  EXPECT_EQ(adam["rules"].size(), 4U);
}

TEST(LabAmplification, PrintsItsMap) {
  const std::string line = "lab amplification --rule momentum --grid 4x3 --range 6";
  const Json map = ravine_json(words(line))["map"];
  EXPECT_EQ(map["g1"], Json({-4.5, -1.5, 1.5, 4.5}));
  EXPECT_EQ(map["g2"], Json({-4, 0, 4}));
  ASSERT_EQ(map["value"].size(), 12U);
  EXPECT_NEAR(map["value"][3], (0.9 * 4.5 - 4) / -4, 1e-12);
  EXPECT_TRUE(map["value"][5].is_null());  // g2 is 0
  const Process process = ravine(words(line + " --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("g1,g2,value,closed_form\n-4.5,-4,2.0125,2.0125\n"));
  EXPECT_THAT(process.out, HasSubstr("\n1.5,0,,\n"));
}

TEST(LabAmplification, ComparesTheRules) {
  const Process process = ravine(words("lab amplification"));
  EXPECT_EQ(process.status, 0) << process.err;
  for (const char* part :
       {"momentum          momentum           1.9", "7.0888115", "4.249", "0.2353"})
    EXPECT_THAT(process.out, HasSubstr(part));
}

TEST(LabAmplification, RefusesWhatHasNoFactor) {
  const auto with = [](const std::string& options) {
    return words("lab amplification " + options);
  };
  EXPECT_TRUE(refused(with("--at 1,0"), {"the second gradient is 0", "1,0.5"}));
  EXPECT_TRUE(refused(with("--at 1"), {"--at: two gradients are needed, 1 was given"}));
  EXPECT_TRUE(refused(with("--at 1,2,3"), {"--at: two gradients are needed, 3 were given"}));
  EXPECT_TRUE(refused(with("--at 1,inf"), {"1 and inf were given"}));
  EXPECT_TRUE(refused(with("--rule adaptiv"), {"no rule 'adaptiv'", "did you mean 'adaptive'?"}));
  EXPECT_TRUE(refused(with("--grid 1x1"), {"from 2 to 1000 cells, 1 was given"}));
  EXPECT_TRUE(refused(with("--grid 1"), {"--grid: '1' is not a grid", "80x80"}));
  EXPECT_TRUE(refused(with("--grid 3x4x5"), {"--grid: '3x4x5' is not a grid"}));
  EXPECT_TRUE(refused(with("--range 0"), {"range", "0 was given"}));
  EXPECT_TRUE(refused(with("--set beta1=2"), {"beta1", "2"}));
  EXPECT_TRUE(refused(with("--set beta=2"), {"beta"}));
  EXPECT_TRUE(refused(with("--set amsgrad=true"), {"no place for amsgrad=true"}));
  EXPECT_TRUE(refused(with("--rule adam-uncorrected --set bias_correction=true"),
                      {"bias_correction=true", "name the rule"}));
  EXPECT_TRUE(refused(with("--set lr=0"), {"lr must be above 0"}));
  EXPECT_TRUE(refused(with("--csv --json"), {"--csv and --json exclude each other"}));
}

}  // namespace
}  // namespace ravine::apps
