#pragma once

#include "ravine/report/run.hpp"

namespace ravine::report {

inline train::Metrics example_metrics() {
  return {.loss = 0.5, .accuracy = {}, .rmse = 4.5, .r2 = 0.75};
}

/// A regression of two epochs, written out.
inline Run example_run() {
  return {.source = "airfoil",
          .load = {},
          .validation_fraction = 0.1,
          .data = {.name = "airfoil",
                   .task = data::Task::regression,
                   .features = 5,
                   .classes = 0,
                   .train = 1082,
                   .validation = 120,
                   .test = 301},
          .architecture = {.kind = train::ModelKind::linear, .layers = {5, 1}},
          .parameters = 6,
          .optimizer = "momentum",
          .settings = {{"lr", 0.01}, {"momentum", 0.8}},
          .groups = {},
          .fit = {.epochs = 2, .batch_size = 10, .seed = 3},
          .environment = {.cpu = "a cpu",
                          .threads = 2,
                          .blas_core = "Haswell",
                          .blas_threads = 2,
                          .forced_core = "",
                          .simd = "avx2"},
          .out = "runs/a"};
}

inline Outcome example_outcome() {
  Outcome outcome{.fit = {}, .test = example_metrics()};
  outcome.fit.steps = 218;
  outcome.fit.seconds = 0.75;
  for (const std::size_t epoch : {1, 2})
    outcome.fit.epochs.push_back({.epoch = epoch,
                                  .train_loss = 1.0 / static_cast<double>(epoch),
                                  .validation = {},
                                  .test = example_metrics(),
                                  .lr = 0.01,
                                  .seconds = 0.25,
                                  .examples_per_second = 4328});
  return outcome;
}

}  // namespace ravine::report
