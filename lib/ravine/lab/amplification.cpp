#include "ravine/lab/amplification.hpp"

#include <cmath>
#include <limits>

#include "ravine/lab/interval.hpp"
#include "ravine/lab/larger.hpp"
#include "ravine/lab/next_direction.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

void check(const AmplificationOptions& options) {
  // So that neither squares nor quotients leave a double's range.
  constexpr double smallest = 1e-75, largest = 1e75;
  const auto fits = [&](double size) { return size >= smallest && size <= largest; };
  const auto& [g1, g2] = options.at;
  if (g2 == 0)
    throw InputError(
        "amplification: the second gradient is 0, and no factor makes a step of it (give one that "
        "is not, as in 1,0.5)");
  if (!(g1 == 0 || fits(std::abs(g1))) || !fits(std::abs(g2)))
    throw InputError(text("amplification: both gradients must be of a size from ", smallest, " to ",
                          largest, ", ", g1, " and ", g2, " were given"));
  if (!fits(options.range))
    throw InputError(text("amplification: the range of the gradients must be from ", smallest,
                          " to ", largest, ", ", options.range, " was given (as in 10)"));
  for (const std::size_t side : {options.columns, options.rows})
    if (side < 2 || side > most_map_cells_a_side)
      throw InputError(text("amplification: a side of the grid must have from 2 to ",
                            most_map_cells_a_side, " cells, ", side, " was given (as in 80x80)"));
}

}  // namespace

double largest_factor_error(std::span<const double> run,
                            std::span<const std::optional<ClosedFactor>> closed_form) {
  double largest = 0;
  for (std::size_t i = 0; i < run.size(); ++i)
    if (closed_form[i])
      largest = larger(largest, std::abs(run[i] - closed_form[i]->value) / closed_form[i]->size);
  return largest;
}

Factors factors(const Amplifier& amplifier, std::span<const double> first,
                std::span<const double> second) {
  const auto w = std::make_shared<Parameter<double>>("w", Tensor<double>::zeros({first.size()}));
  const auto optimizer = amplifier.make({w});
  next_direction(*optimizer, first);
  Factors result{.run = next_direction(*optimizer, second), .closed_form = {}};
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  std::vector<std::optional<ClosedFactor>> closed_form(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double g2 = second[i];
    if (g2 != 0) closed_form[i] = amplifier.closed_form(first[i], g2);
    result.run[i] = closed_form[i] ? result.run[i] / g2 : none;
    result.closed_form.push_back(closed_form[i] ? closed_form[i]->value : none);
  }
  result.max_closed_form_error = largest_factor_error(result.run, closed_form);
  return result;
}

Amplification amplification(const AmplificationOptions& options) {
  check(options);
  Amplification result{.options = options,
                       .g1 = centres({-options.range, options.range}, options.columns),
                       .g2 = centres({-options.range, options.range}, options.rows),
                       .rules = {},
                       .correction_factor = 0};
  std::vector<double> first, second;  // of the map's cells
  for (const double g2 : result.g2) {
    first.insert(first.end(), result.g1.begin(), result.g1.end());
    second.insert(second.end(), options.columns, g2);
  }
  const std::vector<double> fixed(options.columns, options.at[1]);
  const std::string registered = amplifier(options.rule, options.settings).registered;
  const auto settings_for = [&](AmplifyingRule rule) {
    return amplifier(rule, {}).registered == registered ? options.settings : optim::Settings{};
  };
  for (std::size_t i = 0; i < amplifying_rule_names().size(); ++i) {
    const auto rule = static_cast<AmplifyingRule>(i);
    const Amplifier made = amplifier(rule, settings_for(rule));
    result.rules.push_back({.rule = rule,
                            .amplifier = made,
                            .at = factors(made, {&options.at[0], 1}, {&options.at[1], 1}),
                            .slice = factors(made, result.g1, fixed),
                            .map = factors(made, first, second)});
  }
  result.correction_factor = second_step_correction(settings_for(AmplifyingRule::adam));
  return result;
}

}  // namespace ravine::lab
