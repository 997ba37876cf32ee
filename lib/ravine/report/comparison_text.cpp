#include "ravine/report/comparison_text.hpp"

#include "ravine/report/comparison_facts.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_table.hpp"
#include "ravine/report/comparison_words.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/one_line.hpp"
#include "ravine/report/wrapped.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

std::string point_text(const compare::Run& run) {
  std::string result;
  for (const optim::Setting& setting : run.key.point)
    result +=
        text(" ", setting.name, "=",
             setting.value.is_number() ? significant(setting.value.number()) : text(setting.value));
  return result;
}

std::string end_text(const compare::Run& run, data::Task task) {
  const std::string metric = compare::metric_of(task).name;
  if (run.end)
    return text("test ", metric, " ", significant(run.end->test_metric), ", loss ",
                significant(run.end->test_loss));
  if (run.status == train::Status::diverged) return run.reason;
  const std::string end = run.status == train::Status::stopped
                              ? text("given up after ", counted(run.epochs.size(), "epoch"))
                              : "trial";
  return run.epochs.empty() ? end
                            : text(end, ", validation ", metric, " ",
                                   significant(run.epochs.back().validation_metric));
}

std::string dataset_text(const compare::Comparison& comparison, const Results& results) {
  const compare::Options& options = results.options;
  return text(
      wrapped({text(in_prose(comparison.facts.name), ": ", data_line(comparison.facts, options)),
               protocol_line(options, {&comparison, 1})}),
      "\n", aligned(standings_table(comparison, options)), "\n",
      wrapped({joined(standings_legend(comparison, options), " ")}), "\n",
      wrapped(words_on(comparison, results)));
}

}  // namespace

std::string comparison_text(const Results& results) {
  std::vector<std::string> texts;
  for (const compare::Comparison& comparison : results.comparisons)
    texts.push_back(dataset_text(comparison, results));
  if (texts.size() > 1) texts.push_back(wrapped(words_on(results)));
  return joined(texts, "\n");
}

std::string run_line(const RunRecord& record, data::Task task) {
  const compare::Run& run = record.run;
  return text(record.data, "  ", record.optimizer, point_text(run), "  seed ", run.key.seed, "  ",
              significant(run.seconds, 3), " s  ", end_text(run, task));
}

}  // namespace ravine::report
