#include "ravine/report/comparison_facts.hpp"

#include <tuple>

#include "ravine/report/around_the_rule.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/one_line.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;

/// "; 20 of adam, whose space was widened": of the optimizers that had another number of trials
/// than was asked for, those whose space was widened, or those for which it was too small.
std::string other_trials(const compare::Options& options, std::span<const Comparison> comparisons,
                         bool widened) {
  std::vector<std::string> items;
  for (const Comparison& comparison : comparisons) {
    const std::vector<std::string> names = shown_names(comparison);
    const std::string where =
        comparisons.size() > 1 ? " on " + in_prose(comparison.facts.name) : "";
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto& [trials, widenings] =
          std::tie(comparison.standings[i].trials, comparison.standings[i].widenings);
      if (trials.size() != options.tuning.trials && widenings.empty() != widened)
        items.push_back(text(grouped(trials.size()), " of ", names[i], where));
    }
  }
  if (items.empty()) return "";
  const bool one = items.size() == 1;
  const char* reason = widened ? (one ? "space was widened" : "spaces were widened")
                               : (one ? "space holds no more" : "spaces hold no more");
  return text("; ", listed(items), ", whose ", reason);
}

std::string tuning_text(const compare::Options& options, std::span<const Comparison> comparisons) {
  const compare::TuningOptions& tuning = options.tuning;
  if (tuning.trials == 1) return "nothing tuned; ";
  const std::string others = other_trials(options, comparisons, /*widened=*/true) +
                             other_trials(options, comparisons, /*widened=*/false);
  return text(tuning.trials, " trials each (", compare::name_of(tuning.search),
              tuning.stop_early ? ", bad ones given up early" : "", ")", others,
              others.empty() ? ", " : "; ", "selected on the validation part; then ");
}

}  // namespace

std::string data_line(const compare::DataFacts& facts, const compare::Options& options) {
  return text(grouped(facts.train_examples), " training, ", grouped(facts.validation_examples),
              " validation, ", grouped(facts.test_examples), " test examples; target '",
              in_prose(facts.target_column), "'; ", train::name_of(options.model), " ",
              joined(facts.layers, "-"),
              facts.layers.size() > 2 ? text(" ", name_of(options.activation)) : "");
}

std::string protocol_line(const compare::Options& options,
                          std::span<const Comparison> comparisons) {
  const std::string around = around_text(options.groups, options.fit);
  return text(tuning_text(options, comparisons), counted(options.seeds, "fresh seed"), ", from ",
              options.seed + 1, "; ", counted(options.fit.epochs, "epoch"),
              options.fit.accumulate == 1 ? " of " : " in steps of ", batches_text(options.fit),
              around.empty() ? "" : text("; all with ", around));
}

std::string machine_line(const Results& results) {
  const Environment& environment = results.environment;
  const std::string cpu = environment.cpu.empty() ? "" : environment.cpu + "; ";
  const std::string forced = environment.forced_core.empty() ? "" : " (set by OPENBLAS_CORETYPE)";
  return text(cpu, "BLAS core ", environment.blas_core, forced, "; ", environment.simd, "; ",
              results.jobs == 1 ? "one run at a time" : text(results.jobs, " runs side by side"),
              ", each on one thread; ravine ", version);
}

}  // namespace ravine::report
