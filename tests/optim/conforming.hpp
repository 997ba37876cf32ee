#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "ravine/optim/registry.hpp"

// What the tests over the whole registry share. They name no rule: what they must know of one is
// in its row.

namespace ravine::optim::testing {

using Scalars = ::testing::Types<float, double>;

/// The settings, and the weight decay off where the rule has one.
inline Settings without_decay(const RuleInfo& rule, Settings settings = {}) {
  if (rule.decay) settings.push_back({"weight_decay", 0});
  return settings;
}

/// Values for a field that differ from its default: the other flag, or numbers small and large, of
/// which some may be out of the field's range.
inline std::vector<Value> other_values(const FieldInfo& field) {
  if (field.standard.is_flag()) return {!field.standard.flag()};
  std::vector<Value> values;
  for (const double x : {0.5, 0.0, 1e-3, 0.25, 1.0, 2.0, 1000.0})
    if (Value(x) != field.standard) values.emplace_back(x);
  return values;
}

/// The rule's defaults, and for each field that a slot is kept with, the defaults but for a value
/// that keeps it.
inline std::vector<Settings> slot_variants(const RuleInfo& rule) {
  std::vector<Settings> variants{{}};
  for (const SlotInfo& slot : rule.slots) {
    if (slot.by_default) continue;
    const auto field = std::ranges::find(rule.fields, slot.kept_with, &FieldInfo::name);
    variants.push_back({{std::string(slot.kept_with), other_values(*field).front()}});
  }
  return variants;
}

/// Numbers without a pattern that an update could hide behind: multiples of the golden ratio, in
/// [-1/2, 1/2].
inline std::vector<double> scattered(std::size_t count, double shift = 0) {
  std::vector<double> x(count);
  for (std::size_t i = 0; i < count; ++i)
    x[i] = std::remainder(0.6180339887498949 * static_cast<double>(i + 1) + shift, 1.0);
  return x;
}

}  // namespace ravine::optim::testing
