#include "ravine/report/progress.hpp"

#include <algorithm>

#include "ravine/report/bar.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

std::string epoch_label(std::size_t epoch, std::size_t epochs) {
  const std::string total = std::to_string(epochs);
  std::string number = std::to_string(epoch);
  number.insert(0, total.size() - std::min(total.size(), number.size()), ' ');
  return text("epoch ", number, "/", total);
}

/// "accuracy 0.9718" or "rmse 4.806".
std::string metric_text(const train::Metrics& metrics) {
  if (metrics.accuracy) return text("accuracy ", fixed(*metrics.accuracy, 4));
  if (metrics.rmse) return text("rmse ", significant(*metrics.rmse, 4));
  return text("loss ", significant(metrics.loss, 4));
}

std::string speed_text(double examples_per_second) {
  return grouped(static_cast<std::size_t>(examples_per_second)) + " examples/s";
}

}  // namespace

std::string epoch_line(const train::EpochReport& epoch, std::size_t epochs) {
  std::string line =
      text(epoch_label(epoch.epoch, epochs), "  loss ", significant(epoch.train_loss, 4));
  if (epoch.validation) line += "  validation " + metric_text(*epoch.validation);
  if (epoch.test) line += "  test " + metric_text(*epoch.test);
  return line + text("  lr ", significant(epoch.lr, 3), "  ", speed_text(epoch.examples_per_second),
                     "  ", significant(epoch.seconds, 3), " s");
}

std::string progress_bar(const train::StepReport& step, const BarContext& context) {
  const auto done = static_cast<double>(step.step_of_epoch);
  const auto in_epoch = static_cast<double>(step.steps_per_epoch);
  const auto epochs_left = static_cast<double>(context.epochs - step.epoch);
  const double share = done / in_epoch;
  const double seconds_left = context.seconds / share * (1 - share + epochs_left);

  const std::string label = epoch_label(step.epoch, context.epochs);
  std::string facts = text("loss ", significant(step.loss, 4));
  if (context.last) facts += "  " + metric_text(*context.last);
  facts += text("  lr ", significant(step.lr, 3), "  ",
                speed_text(share * static_cast<double>(context.examples) / context.seconds), "  ",
                clock_time(seconds_left), " left");

  constexpr std::size_t widest = 24;
  constexpr std::size_t gaps = 5;  // two before and after the bar, and the last column
  const std::size_t taken = label.size() + facts.size() + gaps;
  if (taken + 1 > context.columns) return (label + "  " + facts).substr(0, context.columns - 1);
  const std::size_t width = std::min(widest, context.columns - taken);
  return label + "  " + bar(share, width, context.colour) + "  " + facts;
}

}  // namespace ravine::report
