#include "ravine/train/fit.hpp"

#include <chrono>
#include <cmath>

#include "ravine/data/data_loader.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/reduce.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/streams.hpp"

namespace ravine::train {
namespace {

/// Adds up the time between `start` and `stop`.
class Stopwatch {
 public:
  void start() { started_ = Clock::now(); }
  void stop() { total_ += running(); }
  double seconds() const { return total_; }

 private:
  using Clock = std::chrono::steady_clock;
  double running() const { return std::chrono::duration<double>(Clock::now() - started_).count(); }
  Clock::time_point started_;
  double total_ = 0;
};

/// The first parameter whose gradient is not finite, else the one with the largest.
const std::string& worst(const Parameters<float>& parameters) {
  double largest = -1;
  const std::string* name = &parameters.front()->name;
  for (const auto& parameter : parameters) {
    if (!parameter->has_grad) continue;
    const double squares = sum_of_squares(parameter->grad);
    if (squares <= largest) continue;
    name = &parameter->name;
    if (!std::isfinite(squares)) break;
    largest = squares;
  }
  return *name;
}

/// A stream would print the sign of what is not a number.
std::string printed(double number) { return std::isnan(number) ? "nan" : text(number); }

std::string divergence(std::size_t epoch, std::size_t step, double loss, double gradient_norm,
                       const optim::Optimizer<float>& optimizer) {
  return text("diverged at step ", step, " (epoch ", epoch, "): loss ", printed(loss),
              ", gradient norm ", printed(gradient_norm), " with '", worst(optimizer.parameters()),
              "' the worst, learning rate ", optimizer.get("lr").number(), " (try a smaller one)");
}

/// The last step of an epoch can spoil the weights without another step that would notice.
const std::string* not_finite(const Parameters<float>& parameters) {
  for (const auto& parameter : parameters)
    if (!std::isfinite(sum_of_squares(parameter->value))) return &parameter->name;
  return nullptr;
}

std::optional<Metrics> metrics_on(const data::Dataset& part, Model& model) {
  if (part.size() == 0) return {};
  return evaluate(model.network, part,
                  model.target_scaling ? model.target_scaling->deviation[0] : 1);
}

}  // namespace

const char* name_of(Status status) {
  switch (status) {
    case Status::finished:
      return "finished";
    case Status::stopped:
      return "stopped";
    case Status::diverged:
      break;
  }
  return "diverged";
}

FitResult fit(Model& model, const Prepared& data, optim::Optimizer<float>& optimizer,
              const FitOptions& options, const Observer& observer) {
  if (options.epochs == 0) throw InputError("epochs must be at least 1, 0 was given");
  const std::uint64_t order_seed = Generator(options.seed, batches_stream).bits();
  manual_seed(Generator(options.seed, dropout_stream).bits());
  data::DataLoader loader(data.train, {.batch_size = options.batch_size, .seed = order_seed});
  const Parameters<float>& parameters = optimizer.parameters();
  const auto examples = static_cast<double>(data.train.size());

  FitResult result;
  for (std::size_t epoch = 1; epoch <= options.epochs; ++epoch) {
    EpochReport report{.epoch = epoch};
    Stopwatch watch;
    std::size_t step_of_epoch = 0;
    model.network.train();
    watch.start();
    for (auto& [x, y] : loader) {
      const Variable<float> loss = loss_of(data.train.task, model.network(x), y);
      optimizer.zero_grad();
      loss.backward();
      const double value = static_cast<double>(loss.item());
      const double gradient_norm = optimizer.gradient_norm();
      ++result.steps;
      if (!std::isfinite(value) || !std::isfinite(gradient_norm)) {
        result.status = Status::diverged;
        result.reason = divergence(epoch, result.steps, value, gradient_norm, optimizer);
        break;
      }
      optimizer.step();
      report.train_loss += value * static_cast<double>(y.size()) / examples;
      if (observer.on_step && !observer.on_step({.step = result.steps,
                                                 .epoch = epoch,
                                                 .step_of_epoch = ++step_of_epoch,
                                                 .steps_per_epoch = loader.batch_count(),
                                                 .loss = value,
                                                 .lr = optimizer.get("lr").number()})) {
        result.status = Status::stopped;
        break;
      }
    }
    watch.stop();
    report.lr = optimizer.get("lr").number();
    result.seconds += watch.seconds();
    if (const std::string* spoilt = not_finite(parameters);
        spoilt != nullptr && result.status == Status::finished) {
      result.status = Status::diverged;
      result.reason =
          text("diverged at step ", result.steps, " (epoch ", epoch, "): '", *spoilt,
               "' is no longer finite, learning rate ", report.lr, " (try a smaller one)");
    }
    if (result.status != Status::finished) break;

    report.seconds = watch.seconds();
    report.examples_per_second = examples / report.seconds;
    report.validation = metrics_on(data.validation, model);
    report.test = metrics_on(data.test, model);
    result.epochs.push_back(report);
    if (observer.on_epoch) observer.on_epoch(report);
  }
  return result;
}

}  // namespace ravine::train
