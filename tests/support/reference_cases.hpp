#pragma once

#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ravine/optim/setting.hpp"

// Trajectories that other programs computed: optim/data/trajectories.json, whose figures are
// PyTorch 1.13's or, by 'source', of formulas written out, and optim/data/more_trajectories.json,
// made by the script beside it.

namespace ravine::test {

inline const nlohmann::json& reference(const std::string& file) {
  const auto read = [](const std::string& name) {
    return nlohmann::json::parse(std::ifstream(RAVINE_TEST_DATA "/optim/data/" + name));
  };
  static const nlohmann::json first = read("trajectories.json");
  static const nlohmann::json more = read("more_trajectories.json");
  return file == "trajectories.json" ? first : more;
}

/// The cases of both files.
inline std::vector<nlohmann::json> reference_cases() {
  std::vector<nlohmann::json> cases;
  for (const char* file : {"trajectories.json", "more_trajectories.json"})
    for (const nlohmann::json& c : reference(file)["cases"]) cases.push_back(c);
  return cases;
}

/// A rule of ravine's with settings, by which it should follow a case.
struct NamedRule {
  std::string name;
  optim::Settings settings;
};

inline optim::Value value_of(const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>();
  return value.get<double>();
}

/// A case's options in ravine's names. PyTorch's pairs are two settings.
inline optim::Settings settings_of(const nlohmann::json& reference_case) {
  const std::string optimizer = reference_case["optimizer"];
  optim::Settings settings;
  for (const auto& [name, value] : reference_case["options"].items()) {
    if (name == "betas") {
      settings.push_back({"beta1", value_of(value[0])});
      settings.push_back({"beta2", value_of(value[1])});
    } else if (name == "b1" || name == "b2") {
      settings.push_back({"beta" + name.substr(1), value_of(value)});
    } else if (name == "wd") {
      settings.push_back({"weight_decay", value_of(value)});
    } else {
      settings.push_back({name == "beta" ? "alpha" : name, value_of(value)});
    }
  }
  if (optimizer.ends_with("eps inside the root")) settings.push_back({"eps_inside_root", true});
  if (optimizer.ends_with("no bias correction")) settings.push_back({"bias_correction", false});
  if (optimizer.ends_with("first moment only")) settings.push_back({"second_moment", false});
  return settings;
}

/// The rules of ravine's that are the case's optimizer: PyTorch's SGD is three of them, its Adam
/// two.
inline std::vector<NamedRule> rules_of(const nlohmann::json& reference_case) {
  if (reference_case.contains("rule")) {
    NamedRule rule{.name = reference_case["rule"], .settings = {}};
    for (const auto& [name, value] : reference_case["settings"].items())
      rule.settings.push_back({name, value_of(value)});
    return {rule};
  }
  std::string name = reference_case["optimizer"];
  name = name.substr(0, name.find(','));
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const optim::Settings settings = settings_of(reference_case);
  std::vector<NamedRule> rules{{.name = name, .settings = settings}};

  const nlohmann::json& options = reference_case["options"];
  const auto also = [&](const char* rule, const char* implied) {
    NamedRule other{.name = rule, .settings = {}};
    for (const optim::Setting& setting : settings)
      if (setting.name != implied) other.settings.push_back(setting);
    rules.push_back(std::move(other));
  };
  if (name == "sgd" && options.value("nesterov", false))
    also("nesterov", "nesterov");
  else if (options.contains("momentum") && name == "sgd" && !options.contains("dampening"))
    also("momentum", "");
  if (name == "adam" && options.value("amsgrad", false)) also("amsgrad", "amsgrad");
  return rules;
}

}  // namespace ravine::test
