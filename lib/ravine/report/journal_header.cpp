#include "ravine/report/journal_header.hpp"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <tuple>

#include "ravine/report/comparison_request.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

std::string shown(const Json& value);

/// `*.bias:weight_decay=0.0`.
std::string shown_group(const Json& group) {
  std::vector<std::string> settings;
  for (const auto& [name, value] : group.items())
    if (name != "pattern") settings.push_back(text(name, "=", shown(value)));
  return text(shown(group.at("pattern")), ":", joined(settings, ","));
}

/// As on a command line.
std::string shown(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_object()) return shown_group(value);
  if (!value.is_array()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::vector<std::string> items;
  for (const Json& item : value) items.push_back(shown(item));
  return joined(items, ",");
}

/// A flag that is not set, or an option without which nothing is done.
bool is_absent(const Json& value) {
  return value.is_null() || value == false || (value.is_array() && value.empty());
}

/// `what` is an option, or something else that has a value.
[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what, const Json& own,
                       const Json& found) {
  const auto with = [](const Json& value) { return value == true ? "it" : shown(value); };
  const std::string difference =
      is_absent(found) ? text("without ", what, ", not with ", with(own))
      : is_absent(own)
          ? text("with ", what, found == true ? "" : " " + shown(found), ", not without")
          : text("with ", what, " ", shown(found), ", not ", shown(own));
  throw InputError(
      text(path.string(), ": was made ", difference, " (use another folder, or the same options)"));
}

/// The option of the command that decides something of the protocol.
std::string option_of(std::string name) {
  if (name == "first_seed") return "--seed";
  if (name == "ranges" || name == "groups") name.pop_back();  // one each time that it is given
  std::ranges::replace(name, '_', '-');
  return "--" + name;
}

/// Of what one of both may lack.
Json part(const Json& json, const std::string& name) {
  const auto found = json.find(name);
  return found == json.end() ? Json(nullptr) : *found;
}

/// `shown_name` says what a name in the JSON stands for.
template <class ShownName>
void check_same(const std::filesystem::path& path, const Json& own, const Json& found,
                const ShownName& shown_name) {
  for (const Json& names : {own, found})
    for (const auto& [name, unused] : names.items())
      if (part(own, name) != part(found, name))
        fail(path, shown_name(name), part(own, name), part(found, name));
}

/// Of data with the same names.
void check_same_data(const std::filesystem::path& path, const Json& own, const Json& found) {
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string name = shown(own[i].at("name"));
    if (part(own[i], "fingerprint") != part(found[i], "fingerprint"))
      throw InputError(text(path.string(), ": was made with other numbers in data ", name,
                            " (it has changed, or was read otherwise; use another folder)"));
    check_same(path, own[i], found[i],
               [&](const std::string& fact) { return text("data ", name, ": ", fact); });
  }
}

[[noreturn]] void fail_as_no_header(const std::filesystem::path& path) {
  throw InputError(text(path.string(),
                        ":1: does not say what the runs were made with, as a "
                        "journal of `ravine compare` does (use another folder)"));
}

}  // namespace

bool MadeOn::is_like(const MadeOn& other) const {
  const auto parts = [](const MadeOn& made) {
    return std::tie(made.environment.cpu, made.environment.blas_core, made.environment.simd,
                    made.jobs);
  };
  return parts(*this) == parts(other);
}

std::string journal_header(const compare::Options& options, const data::LoadOptions& reading,
                           std::span<const compare::DataFacts> facts, const MadeOn& made_on) {
  Json data = Json::array();
  for (const compare::DataFacts& of_one : facts) data.push_back(facts_json<Json>(of_one));
  Json protocol = request_json<Json>(options);
  protocol["target"] = reading.target;
  if (!reading.drop.empty()) protocol["drop"] = reading.drop;
  protocol["test_fraction"] = reading.test_fraction;
  protocol["missing"] = data::name_of(reading.missing);
  protocol["task"] = reading.task ? Json(data::name_of(*reading.task)) : Json(nullptr);
  const Environment& environment = made_on.environment;
  std::string line = document(Json{{"ravine", version},
                                   {"protocol", protocol},
                                   {"data", data},
                                   {"made_on",
                                    {{"cpu", environment.cpu},
                                     {"blas_core", environment.blas_core},
                                     {"simd", environment.simd},
                                     {"jobs", made_on.jobs}}}});
  line.pop_back();
  return line;
}

MadeOn made_on_of_header(const std::filesystem::path& path, std::string_view header) {
  try {
    const Json json = Json::parse(header).at("made_on");
    MadeOn made_on;
    made_on.environment.cpu = json.at("cpu");
    made_on.environment.blas_core = json.at("blas_core");
    made_on.environment.simd = json.at("simd");
    made_on.jobs = json.at("jobs");
    return made_on;
  } catch (const nlohmann::json::exception&) {
    fail_as_no_header(path);
  }
}

std::vector<compare::DataFacts> facts_of_header(const std::filesystem::path& path,
                                                std::string_view header) {
  try {
    std::vector<compare::DataFacts> all;
    const Json json = Json::parse(header);
    for (const Json& facts : json.at("data")) all.push_back(facts_of<Json>(facts));
    return all;
  } catch (const std::exception&) {
    fail_as_no_header(path);
  }
}

std::vector<std::string> names_of(std::span<const compare::DataFacts> facts) {
  std::vector<std::string> names;
  names.reserve(facts.size());
  for (const compare::DataFacts& of_one : facts) names.push_back(of_one.name);
  return names;
}

void check_same_protocol(const std::filesystem::path& path, std::string_view own,
                         std::string_view found) {
  try {
    const Json own_json = Json::parse(own);
    const Json found_json = Json::parse(found);
    const auto ravine_of = [](const Json& json) -> const Json& { return json.at("ravine"); };
    if (ravine_of(own_json) != ravine_of(found_json))
      fail(path, "ravine", ravine_of(own_json), ravine_of(found_json));
    check_same(path, own_json.at("protocol"), found_json.at("protocol"), option_of);
    const auto own_names = names_of(facts_of_header(path, own));
    const auto found_names = names_of(facts_of_header(path, found));
    if (own_names != found_names) fail(path, "--data", own_names, found_names);
    check_same_data(path, own_json.at("data"), found_json.at("data"));
  } catch (const nlohmann::json::exception&) {
    fail_as_no_header(path);
  }
}

}  // namespace ravine::report
