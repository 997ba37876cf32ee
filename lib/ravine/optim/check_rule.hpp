#pragma once

#include <concepts>
#include <cstddef>
#include <utility>

#include "ravine/optim/field.hpp"
#include "ravine/optim/make.hpp"

namespace ravine::optim {

template <class Update, class... State>
constexpr bool takes_state(std::index_sequence<>) {
  return std::invocable<const Update&, double&, double, State...>;
}
/// Whether it can be called with w, g and as many slots as there are indices.
template <class Update, class... State, std::size_t slot, std::size_t... others>
constexpr bool takes_state(std::index_sequence<slot, others...>) {
  return takes_state<Update, State..., double&>(std::index_sequence<others...>());
}

/// Says in a sentence what a rule lacks, where a concept would only say that it is none. Returns
/// whether the rule can be used.
template <class Rule>
consteval bool check_rule() {
  constexpr bool has_about = requires {
    { Rule::about } -> std::convertible_to<About>;
  };
  constexpr bool has_lr = requires(const Rule rule) {
    { rule.lr } -> std::same_as<const double&>;
  };
  constexpr bool has_fields = requires {
    { Rule::fields[0] } -> std::same_as<const Field<Rule>&>;
  };
  static_assert(std::default_initializable<Rule>,
                "A rule is a plain struct whose hyper-parameters have defaults.");
  static_assert(has_about,
                "A rule says what it is: static constexpr ravine::optim::About about{name, "
                "summary, formula, reference};");
  if constexpr (has_about)
    static_assert(!Rule::about.name.empty() && !Rule::about.summary.empty() &&
                      !Rule::about.formula.empty() && !Rule::about.reference.empty(),
                  "A rule's about has a name, a summary, a formula and a reference, none empty.");
  static_assert(has_lr, "A rule has a learning rate: double lr = 1e-3;");
  static_assert(has_fields,
                "A rule has a table of its hyper-parameters: static constexpr "
                "ravine::optim::Field<Rule> fields[] = {ravine::optim::lr_field(&Rule::lr)};");
  static_assert(slot_count<Rule> <= max_slots,
                "A rule has no more slots than ravine::optim::max_slots.");
  constexpr bool has_decay = !HasWeightDecay<Rule> || requires {
    { Rule::decay } -> std::convertible_to<Decay>;
  };
  static_assert(has_decay,
                "A rule with a weight_decay says how it is applied: static constexpr "
                "ravine::optim::Decay decay = ravine::optim::Decay::coupled;");
  constexpr bool has_running = requires { Rule::running; };
  constexpr bool runs = HasRunning<Rule> || !has_running;
  static_assert(runs, "A rule with a table `running` has: void advance(ravine::optim::Step step);");
  if constexpr (UpdateRule<Rule> && has_fields && has_decay && runs) {
    constexpr bool updates = HasUpdate<Rule> || MakesOptimizer<Rule, float>;
    static_assert(updates,
                  "A rule has an update: template <class T> auto at(ravine::optim::Step step) "
                  "const, which returns a function (auto& w, auto g, auto&... slots).");
    if constexpr (HasUpdate<Rule>) {
      using Update = decltype(std::declval<const Rule&>().template at<double>(Step{1}));
      constexpr bool fits = takes_state<Update>(std::make_index_sequence<slot_count<Rule>>());
      static_assert(fits,
                    "What a rule's at<T>(step) returns takes w, g and one argument more for each "
                    "slot: (auto& w, auto g, auto& first_slot, auto& second_slot).");
      return fits;
    }
    return updates;
  }
  return false;
}

}  // namespace ravine::optim
