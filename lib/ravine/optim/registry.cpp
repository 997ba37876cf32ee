#include "ravine/optim/registry.hpp"

#include <algorithm>
#include <utility>

#include "ravine/optim/rules.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {
namespace {

template <class... Rules>
std::deque<RuleInfo> rows(RuleList<Rules...>) {
  return {info_of<Rules>()...};
}

std::deque<RuleInfo>& registry() {
  static std::deque<RuleInfo> registry = rows(BuiltinRules{});
  return registry;
}

constexpr auto name_of = [](const RuleInfo& rule) { return rule.about.name; };

}  // namespace

std::size_t state_bytes_per_parameter(const RuleInfo& rule, std::size_t element_size) {
  return rule.state_arrays * element_size;
}

std::string full_formula(const RuleInfo& rule) {
  const std::string formula(rule.about.formula);
  if (rule.decay == Decay::coupled) return "g ← g + λ w\n" + formula;
  if (rule.decay == Decay::decoupled) return "w ← w − lr λ w\n" + formula;
  return formula;
}

const std::deque<RuleInfo>& rules() { return registry(); }

const RuleInfo& find_rule(std::string_view name) {
  const auto found = std::ranges::find(registry(), name, name_of);
  if (found != registry().end()) return *found;
  std::vector<std::string> known;
  for (const RuleInfo& rule : registry()) known.emplace_back(rule.about.name);
  throw UnknownName(text("unknown optimizer '", name, "'", suggestion(name, known)));
}

void register_rule(RuleInfo rule) {
  if (std::ranges::find(registry(), rule.about.name, name_of) != registry().end())
    throw InputError(text("optimizer '", rule.about.name,
                          "' is registered already; a rule's name must be its own"));
  registry().push_back(std::move(rule));
}

}  // namespace ravine::optim
