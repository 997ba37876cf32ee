#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "ravine/lab/amplifying_rule.hpp"

namespace ravine::lab {

/// The largest of |run - closed form| over the size of the closed form's terms, where there is one.
/// Not a number where one of these is not.
double largest_factor_error(std::span<const double> run,
                            std::span<const std::optional<ClosedFactor>> closed_form);

/// Factors by running the registered rule, beside their closed form; not a number where g2 is 0.
struct Factors {
  std::vector<double> run;
  std::vector<double> closed_form;
  double max_closed_form_error = 0;  ///< `largest_factor_error` where g2 is not 0
};

/// Of pairs of gradients (first[i], second[i]).
Factors factors(const Amplifier& amplifier, std::span<const double> first,
                std::span<const double> second);

struct AmplificationOptions {
  AmplifyingRule rule = AmplifyingRule::adam;
  /// Of the registered rule, where they differ from its defaults; they are also those of the other
  /// rule that is a variant of it.
  optim::Settings settings = {};
  std::array<double, 2> at{1, 1};  ///< g1 and g2
  std::size_t columns = 80;        ///< of the map, over g1
  std::size_t rows = 80;           ///< of the map, over g2
  double range = 10;               ///< the map's g1 and g2 are from -range to range
};

/// One rule's factors.
struct RuleAmplification {
  AmplifyingRule rule;
  Amplifier amplifier;
  Factors at;     ///< [1]
  Factors slice;  ///< over the columns' g1, with g2 as in `at`, [columns]
  Factors map;    ///< [rows * columns], the lowest g2 first
};

struct Amplification {
  AmplificationOptions options;
  std::vector<double> g1;                ///< [columns], the centres of the map's cells
  std::vector<double> g2;                ///< [rows]
  std::vector<RuleAmplification> rules;  ///< all, in the order of their names
  double correction_factor;              ///< of Adam's second step, with its settings

  const RuleAmplification& chosen() const { return rules[static_cast<std::size_t>(options.rule)]; }
};

inline constexpr std::size_t most_map_cells_a_side = 1'000;

/// Throws InputError for a second gradient of 0, gradients or a range of a size that has no square,
/// a map of fewer than 2 or too many cells a side, and as `amplifier`.
Amplification amplification(const AmplificationOptions& options);

}  // namespace ravine::lab
