#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/range.hpp"
#include "ravine/optim/rule_info.hpp"
#include "ravine/optim/spec.hpp"

namespace ravine::compare {

/// How a range is divided evenly.
enum class Scale {
  linear,
  log,      ///< of positive numbers: learning rates, eps
  log_gap,  ///< log of 1 - x, of what is kept of the past: 0.9 is halfway from 0 to 0.99
};
const char* name_of(Scale scale);

/// One hyper-parameter and where its values are tried.
struct Dimension {
  std::string field;
  double low = 0;
  double high = 0;
  Scale scale = Scale::linear;
  optim::Range allowed = {};  ///< what the rule takes at all
  double standard = 0;        ///< the default

  /// The value at a place in [0, 1], to three digits that count (of 1 - x on a scale of gaps) so
  /// that people can type it, and whole where the rule wants whole numbers.
  double at(double place) const;
  /// Its length along the scale: decades for a logarithmic one.
  double length() const;
};

/// The learning rate first. Empty where nothing is left to tune.
using SearchSpace = std::vector<Dimension>;

/// A range that was asked for: `0.001..0.1` of one field of one optimizer.
struct AskedRange {
  std::string optimizer;  ///< a rule's name, as `adam`
  std::string field;
  double low = 0;
  double high = 0;
};

/// Reads `adam:lr=1e-4..1e-1,beta2=0.9..0.999`. Throws InputError.
std::vector<AskedRange> parse_ranges(std::string_view text);

enum class End { low, high };

/// How long a strip is that is added to a range, beside the range.
inline constexpr double strip_share = 0.25;

/// What is added to a range whose end is too near: a strip along the scale, or what the rule allows
/// of it. None where it allows no more.
std::optional<Dimension> strip_beyond(const Dimension& dimension, End end);

/// What is tuned of an optimizer: two decades on each side of its default learning rate, the fields
/// that say so in the rule's table, and the ranges asked for, which replace those; without the
/// settings that the spec fixes. The scale follows from what the field may hold. Throws
/// UnknownName, or InputError for a range that is empty, not allowed, or of something that is no
/// number.
SearchSpace space_of(const optim::Spec& contender, const std::vector<AskedRange>& asked = {});

/// Every range asked for must be of an optimizer that takes part. Throws InputError.
void check_that_all_are_used(const std::vector<AskedRange>& asked,
                             const std::vector<optim::Spec>& contenders);

}  // namespace ravine::compare
