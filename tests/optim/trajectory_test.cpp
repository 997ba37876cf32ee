// Every rule against iterates that other programs computed: data/trajectories.json says which.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "optim/one_tensor.hpp"
#include "optim/problems.hpp"

namespace ravine::optim::testing {
namespace {

using nlohmann::json;

const json& reference() {
  static const json data =
      json::parse(std::ifstream(RAVINE_TEST_DATA "/optim/data/trajectories.json"));
  return data;
}

std::string rule_of(const json& reference_case) {
  const std::string optimizer = reference_case["optimizer"];
  const json& options = reference_case["options"];
  if (optimizer == "SGD" && options.value("nesterov", false)) return "nesterov";
  if (optimizer == "SGD") return options.contains("momentum") ? "momentum" : "sgd";
  return optimizer.starts_with("RMSprop") ? "rmsprop" : "adam";
}

Settings settings_of(const json& reference_case) {
  const std::string optimizer = reference_case["optimizer"];
  Settings settings;
  for (const auto& [name, value] : reference_case["options"].items()) {
    if (name == "nesterov") continue;
    if (name == "betas") {
      settings.push_back({"beta1", value[0].get<double>()});
      settings.push_back({"beta2", value[1].get<double>()});
    } else if (name == "b1" || name == "b2") {
      settings.push_back({"beta" + name.substr(1), value.get<double>()});
    } else {
      settings.push_back({name == "beta" ? "alpha" : name, value.get<double>()});
    }
  }
  if (optimizer.ends_with("eps inside the root")) settings.push_back({"eps_inside_root", true});
  if (optimizer.ends_with("no bias correction")) settings.push_back({"bias_correction", false});
  return settings;
}

/// The largest difference of a coordinate from its reference, relative to that, over the recorded
/// steps up to `last`.
template <class T>
double largest_error(const json& reference_case, Step last) {
  const Problem& p = problem(reference_case["problem"].get<std::string>());
  const auto w = parameter<T>(p.start);
  const auto optimizer =
      make(rule_of(reference_case), Parameters<T>{w}, settings_of(reference_case));
  double largest = 0;
  for (const json& point : reference_case["trajectory"]) {
    if (point["step"] > last) break;
    while (optimizer->steps() < point["step"]) step(*optimizer, p.gradient(values(*w)));
    const std::vector<double> ours = values(*w);
    for (std::size_t i = 0; i < ours.size(); ++i) {
      const double theirs = point["w"][i];
      if (ours[i] == theirs) continue;
      const double error = std::abs(ours[i] - theirs) / std::abs(theirs);
      EXPECT_FALSE(std::isnan(error)) << reference_case["optimizer"] << point;
      largest = std::max(largest, error);
    }
  }
  return largest;
}

/// Two cases in which rounding grows: with lr 0.05 and a short memory RMSProp saws across the
/// valley of the logistic loss and divides gradients that nearly cancel by the root of their own
/// small squares. The last bit of a gradient is then 1e7 times larger after fifty steps; the
/// reference itself is 5e-8 off the iterates computed with sixty digits.
bool amplifies_rounding(const json& reference_case) {
  return rule_of(reference_case) == "rmsprop" && reference_case["problem"] == "logistic" &&
         reference_case["options"]["lr"] == 0.05;
}

TEST(Trajectories, AgreeInDouble) {
  for (const json& c : reference()["cases"])
    EXPECT_LT(largest_error<double>(c, c["steps"]), amplifies_rounding(c) ? 1e-6 : 1e-10)
        << c["optimizer"] << c["options"] << c["problem"];
}

TEST(Trajectories, AgreeInFloatBeforeRoundingGrows) {
  for (const json& c : reference()["cases"])
    EXPECT_LT(largest_error<float>(c, 5), 1e-4) << c["optimizer"] << c["options"] << c["problem"];
}

TEST(Trajectories, CoverEveryRuleOnEveryProblem) {
  for (const std::string_view rule : {"sgd", "momentum", "nesterov", "rmsprop", "adam"})
    for (const Problem& p : problems())
      EXPECT_TRUE(std::ranges::any_of(
          reference()["cases"],
          [&](const json& c) { return rule_of(c) == rule && c["problem"] == p.name; }))
          << rule << p.name;
}

TEST(Trajectories, StartWhereTheReferenceDoes) {
  for (const Problem& p : problems())
    EXPECT_EQ(reference()["problems"][p.name]["w0"], json(p.start)) << p.name;
}

// Worked by hand, to the two decimals that the texts print: 3 w1^2 + 10 w2^2 from (-15, 20), whose
// gradient there is (-90, 400).
TEST(Trajectories, MomentumAfterTwoStepsByHand) {
  // v = (-90, 400), w = (-14.91, 19.6); g = (-89.46, 392), v = (-170.46, 752).
  const auto w = parameter<double>({-15, 20});
  const auto optimizer =
      make("momentum", Parameters<double>{w}, {{"lr", 0.001}, {"momentum", 0.9}});
  for (int i = 0; i < 2; ++i) step(*optimizer, problem("ellipse").gradient(values(*w)));
  EXPECT_NEAR(w->value[0], -14.91 + 0.17046, 1e-12);
  EXPECT_NEAR(w->value[1], 19.6 - 0.752, 1e-12);
}

TEST(Trajectories, RmspropWithEpsInsideTheRootAfterTwoStepsByHand) {
  // The first step is lr / sqrt(1 - alpha) = 0.158 whatever the gradient's size; printed figures.
  const auto w = parameter<double>({-15, 20});
  const auto optimizer =
      make(RmsProp{.lr = 0.05, .alpha = 0.9, .eps_inside_root = true}, Parameters<double>{w});
  for (int i = 0; i < 2; ++i) step(*optimizer, problem("ellipse").gradient(values(*w)));
  EXPECT_NEAR(w->value[0], -14.73, 0.005);
  EXPECT_NEAR(w->value[1], 19.73, 0.005);
}

TEST(Trajectories, AdamMovesByTheLearningRateInItsFirstStep) {
  // Unbiased averages of one gradient are g and g^2: the step is lr g / (|g| + eps).
  const auto w = parameter<double>({1, 1, 1});
  const auto optimizer = make(Adam{.lr = 0.5, .eps = 0}, Parameters<double>{w});
  step(*optimizer, std::vector<double>{1e-3, -7, 1e8});
  EXPECT_NEAR(w->value[0], 0.5, 1e-12);
  EXPECT_NEAR(w->value[1], 1.5, 1e-12);
  EXPECT_NEAR(w->value[2], 0.5, 1e-12);
}

}  // namespace
}  // namespace ravine::optim::testing
