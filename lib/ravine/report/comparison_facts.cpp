#include "ravine/report/comparison_facts.hpp"

#include "ravine/report/around_the_rule.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {

std::string data_line(const compare::DataFacts& facts, const compare::Options& options) {
  return text(grouped(facts.train_examples), " training, ", grouped(facts.validation_examples),
              " validation, ", grouped(facts.test_examples), " test examples; ",
              train::name_of(options.model), " ", joined(facts.layers, "-"),
              facts.layers.size() > 2 ? text(" ", name_of(options.activation)) : "");
}

std::string protocol_line(const compare::Options& options) {
  const compare::TuningOptions& tuning = options.tuning;
  const std::string tuned =
      tuning.trials == 1 ? "nothing tuned; "
                         : text(tuning.trials, " trials each (", compare::name_of(tuning.search),
                                tuning.stop_early ? ", bad ones given up early" : "",
                                "), selected on the validation part; then ");
  const std::string around = around_text(options.groups, options.fit);
  return text(tuned, counted(options.seeds, "fresh seed"), ", from ", options.seed + 1, "; ",
              counted(options.fit.epochs, "epoch"),
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
