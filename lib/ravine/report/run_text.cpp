#include "ravine/report/run_text.hpp"

#include "ravine/report/around_the_rule.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/optimizers.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/model_file.hpp"

namespace ravine::report {
namespace {

std::string data_text(const DataFacts& data) {
  std::string parts = grouped(data.train) + " training, ";
  if (data.validation != 0) parts += grouped(data.validation) + " validation, ";
  parts += grouped(data.test) + " test examples";
  const std::string predicted = data.task == data::Task::classification
                                    ? text(data.classes, " classes")
                                    : "one number to predict";
  return text(data.name, ": ", parts, "; ", grouped(data.features), " features, ", predicted);
}

std::string model_text(const Run& run) {
  const auto& [kind, layers, activation] = run.architecture;
  const std::string between = layers.size() > 2 ? text(" ", name_of(activation)) : "";
  return text(name_of(kind), " ", joined(layers, "-"), between, ", ", grouped(run.parameters),
              " parameters");
}

std::string training_text(const Run& run, const Outcome& outcome) {
  const train::FitResult& fit = outcome.fit;
  return text(train::name_of(fit.status), " after ", fit.epochs.size(), " of ", run.fit.epochs,
              run.fit.epochs == 1 ? " epoch, " : " epochs, ", grouped(fit.steps), " steps of ",
              batches_text(run.fit), ", ", significant(fit.seconds, 3), " s");
}

}  // namespace

std::string metrics_text(const train::Metrics& metrics) {
  std::string result;
  if (metrics.accuracy) result += text("accuracy ", fixed(*metrics.accuracy, 4), ", ");
  if (metrics.rmse) result += text("rmse ", significant(*metrics.rmse, 4), ", ");
  if (metrics.r2) result += text("R² ", fixed(*metrics.r2, 4), ", ");
  return result + text("loss ", significant(metrics.loss, 4));
}

std::string train_text(const Run& run, const Outcome& outcome) {
  Table table{.columns = {{}, {}}, .rows = {}};
  table.rows = {{"data", data_text(run.data)},
                {"model", model_text(run)},
                {"optimizer", text(run.optimizer, " ", settings_text(run.optimizer, run.settings))},
                {"training", training_text(run, outcome)}};
  const std::string around = around_text(run.groups, run.fit);
  if (!around.empty()) table.rows.insert(table.rows.end() - 1, {"with", around});
  const char* whose = run.fit.average ? ", of the averaged weights" : "";
  if (outcome.test) table.rows.push_back({"test", metrics_text(*outcome.test) + whose});
  if (run.out && outcome.fit.status != train::Status::diverged)
    table.rows.push_back({"saved", (*run.out / train::model_file_name).string()});
  return aligned(table);
}

std::string evaluate_text(const data::Dataset& dataset, const train::Metrics& metrics) {
  return text(dataset.name, ": ", grouped(dataset.size()), " examples, ", metrics_text(metrics),
              "\n");
}

}  // namespace ravine::report
