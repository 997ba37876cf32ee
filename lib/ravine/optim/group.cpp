#include "ravine/optim/group.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <utility>

#include "ravine/optim/spec.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

bool matches(const Group& group, const std::string& name) {
  return fnmatch(group.pattern.c_str(), name.c_str(), 0) == 0;
}

template <class T>
void check_that_all_match(const Parameters<T>& parameters, const Groups& groups) {
  for (const Group& group : groups) {
    if (std::ranges::any_of(parameters, [&](const auto& p) { return matches(group, p->name); }))
      continue;
    std::vector<std::string> names;
    for (const auto& parameter : parameters) names.push_back(parameter->name);
    throw InputError(
        text("group '", group.pattern, "' matches no parameter", suggestion(group.pattern, names)));
  }
}

}  // namespace

Group parse_group(std::string_view text) {
  if (text.find('=', std::min(text.rfind(':'), text.size())) == std::string_view::npos)
    throw InputError(
        ravine::text("group '", text, "' sets nothing; write it as *.bias:weight_decay=0"));
  Spec spec = parse_spec(text, Colon::last);
  return {.pattern = std::move(spec.name), .settings = std::move(spec.settings)};
}

template <class T>
Grouped<T> grouped(const Parameters<T>& parameters, const Groups& groups) {
  check_that_all_match(parameters, groups);
  std::vector<Settings> settings{{}};
  std::vector<Parameters<T>> members(1);
  for (const auto& parameter : parameters) {
    Settings own;
    for (const Group& group : groups)
      if (matches(group, parameter->name))
        own.insert(own.end(), group.settings.begin(), group.settings.end());
    const auto found = std::ranges::find(settings, own);
    const auto index = static_cast<std::size_t>(found - settings.begin());
    if (found == settings.end()) {
      settings.push_back(own);
      members.emplace_back();
    }
    members[index].push_back(parameter);
  }

  if (members.front().empty()) {
    members.erase(members.begin());
    settings.erase(settings.begin());
  }

  Grouped<T> result{.parameters = {}, .ends = {}, .settings = std::move(settings)};
  for (const Parameters<T>& group : members) {
    result.parameters.insert(result.parameters.end(), group.begin(), group.end());
    result.ends.push_back(result.parameters.size());
  }
  return result;
}

template Grouped<float> grouped(const Parameters<float>&, const Groups&);
template Grouped<double> grouped(const Parameters<double>&, const Groups&);

}  // namespace ravine::optim
