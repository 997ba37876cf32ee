#include "ravine/report/journal_header.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/comparison_request.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

/// As on a command line.
std::string shown(const Json& value) {
  if (value.is_null()) return "none";
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (value.empty()) return "none";
  std::vector<std::string> items;
  for (const Json& item : value) items.push_back(shown(item));
  return joined(items, ",");
}

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& what, const Json& own,
                       const Json& found) {
  throw InputError(text(path.string(), ": was made with ", what, " ", shown(found), ", not ",
                        shown(own), " (use another folder, or the same options)"));
}

/// Of what one of both may lack.
Json part(const Json& json, const std::string& name) {
  const auto found = json.find(name);
  return found == json.end() ? Json(nullptr) : *found;
}

void check_same(const std::filesystem::path& path, const std::string& prefix, const Json& own,
                const Json& found) {
  for (const Json& names : {own, found})
    for (const auto& [name, unused] : names.items())
      if (part(own, name) != part(found, name))
        fail(path, prefix + name, part(own, name), part(found, name));
}

std::vector<std::string> names_of(const Json& data) {
  std::vector<std::string> names;
  for (const Json& facts : data) names.push_back(facts.at("name"));
  return names;
}

void check_same_data(const std::filesystem::path& path, const Json& own, const Json& found) {
  if (names_of(own) != names_of(found)) fail(path, "data", names_of(own), names_of(found));
  for (std::size_t i = 0; i < own.size(); ++i) {
    const std::string name = shown(own[i].at("name"));
    if (part(own[i], "fingerprint") != part(found[i], "fingerprint"))
      throw InputError(text(path.string(), ": was made with other numbers in data ", name,
                            " (it has changed, or was read otherwise; use another folder)"));
    check_same(path, text("data ", name, ": "), own[i], found[i]);
  }
}

[[noreturn]] void fail_as_no_header(const std::filesystem::path& path) {
  throw InputError(text(path.string(),
                        ":1: does not say what the runs were made with, as a "
                        "journal of `ravine compare` does (use another folder)"));
}

}  // namespace

std::string journal_header(const compare::Options& options,
                           std::span<const compare::DataFacts> facts) {
  Json data = Json::array();
  for (const compare::DataFacts& of_one : facts) data.push_back(facts_json<Json>(of_one));
  std::string line = document(
      Json{{"ravine", version}, {"protocol", request_json<Json>(options)}, {"data", data}});
  line.pop_back();
  return line;
}

std::vector<compare::DataFacts> facts_of_header(const std::filesystem::path& path,
                                                std::string_view header) {
  try {
    std::vector<compare::DataFacts> all;
    const Json json = Json::parse(header);
    for (const Json& facts : json.at("data")) all.push_back(facts_of<Json>(facts));
    return all;
  } catch (const nlohmann::json::exception&) {
    fail_as_no_header(path);
  }
}

void check_same_protocol(const std::filesystem::path& path, std::string_view own,
                         std::string_view found) {
  try {
    const Json own_json = Json::parse(own);
    const Json found_json = Json::parse(found);
    const auto ravine_of = [](const Json& json) -> const Json& { return json.at("ravine"); };
    if (ravine_of(own_json) != ravine_of(found_json))
      fail(path, "ravine", ravine_of(own_json), ravine_of(found_json));
    check_same(path, "", own_json.at("protocol"), found_json.at("protocol"));
    check_same_data(path, own_json.at("data"), found_json.at("data"));
  } catch (const nlohmann::json::exception&) {
    fail_as_no_header(path);
  }
}

}  // namespace ravine::report
