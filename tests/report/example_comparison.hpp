#pragma once

#include <deque>

#include "ravine/report/comparison.hpp"

namespace ravine::report {

/// Results with the runs that they point to.
struct ExampleResults {
  std::deque<compare::Run> runs = {};
  Results results;

  /// Of seeds 5, 6, ..., with these test accuracies.
  std::vector<const compare::Run*> add(const std::vector<double>& accuracies) {
    std::vector<const compare::Run*> added;
    for (const double accuracy : accuracies) {
      compare::Run run{.key = {.point = {}, .seed = 5 + added.size()}, .steps = 72, .seconds = 0.5};
      run.epochs = {
          {.train_loss = 0.5, .validation_loss = 0.4, .validation_metric = 0.9, .seconds = 0.25},
          {.train_loss = 0.25, .validation_loss = 0.2, .validation_metric = 0.96, .seconds = 0.5}};
      run.end = {.train_loss = 0.125, .test_loss = 0.25, .test_metric = accuracy};
      added.push_back(&runs.emplace_back(run));
    }
    return added;
  }
  const compare::Run* add_diverged(std::uint64_t seed) {
    return &runs.emplace_back(compare::Run{.key = {.point = {}, .seed = seed},
                                           .status = train::Status::diverged,
                                           .reason = "diverged at step 3",
                                           .steps = 2,
                                           .seconds = 0.1});
  }
  compare::Comparison& comparison() { return results.comparisons.front(); }
  void select_adam_by_luck() {
    standing(1).selected_validation = 0.98;
    standing(1).lucky = true;
    standing(1).tuned->validation_metric =
        compare::Summary{0.96, 0.005, 5, compare::Interval{0.95, 0.97}};
  }
  compare::Standing& standing(std::size_t i) { return comparison().standings[i]; }
};

/// On digits, over five seeds: adam does best, momentum is level with it, and sgd is worse.
inline ExampleResults example_results() {
  ExampleResults example{
      .results = {.options = {.hidden = {32},
                              .contenders = {{"momentum"}, {"adam", {{"eps", 1e-7}}}, {"sgd"}},
                              .fit = {.epochs = 2},
                              .tuning = {.trials = 3},
                              .seeds = 5,
                              .seed = 4},
                  .environment = {.cpu = "a cpu",
                                  .threads = 1,
                                  .blas_core = "Haswell",
                                  .blas_threads = 1,
                                  .forced_core = "",
                                  .simd = "avx2"},
                  .jobs = 2,
                  .comparisons = {
                      compare::Comparison{.facts = {.name = "digits",
                                                    .task = data::Task::classification,
                                                    .train_examples = 1150,
                                                    .validation_examples = 288,
                                                    .test_examples = 359,
                                                    .target_column = "digit",
                                                    .layers = {64, 32, 10}},
                                          .metric = compare::metric_of(data::Task::classification),
                                          .target = 0.95}}}};
  using compare::Interval;
  using compare::Scale;
  using compare::Summary;
  const compare::Dimension lr{
      .field = "lr", .low = 1e-4, .high = 1.0, .scale = Scale::log, .allowed = {}};
  compare::Standing momentum{
      .contender = {"momentum"},
      .space = {lr},
      .trials = {{.lr = 0.01, .validation_metric = 0.9},
                 {.point = {{"lr", 0.0214567}}, .lr = 0.0214567, .validation_metric = 0.95},
                 {.point = {{"lr", 0.9}}, .status = train::Status::diverged, .lr = 0.9}},
      .diverged_trials = 1,
      .defaults = {}};
  momentum.tuned = {.settings = {{"lr", 0.0214567}, {"momentum", 0.9}, {"weight_decay", 0.0}},
                    .runs = example.add({0.966, 0.970, 0.972, 0.968, 0.974}),
                    .test_metric = Summary{0.97, 0.0032, 5, Interval{0.9661, 0.9739}}};
  momentum.defaults = {.settings = {{"lr", 0.01}, {"momentum", 0.9}, {"weight_decay", 0.0}},
                       .runs = example.add({0.906, 0.910, 0.912, 0.908, 0.914}),
                       .test_metric = Summary{0.91, 0.0032, 5, Interval{0.9061, 0.9139}}};
  momentum.steps_to_target = {.median = 36, .reached = 5, .of = 5};
  momentum.epochs_to_target = {.median = 1, .reached = 5, .of = 5};
  momentum.seconds_to_target = {.median = 0.25, .reached = 5, .of = 5};
  momentum.step_seconds = 9.87e-6;
  momentum.state_bytes_per_parameter = 4;

  compare::Standing adam{
      .contender = {"adam", {{"eps", 1e-7}}},
      .space = {lr,
                {.field = "beta1",
                 .low = 0,
                 .high = 0.99,
                 .scale = Scale::log_gap,
                 .allowed = optim::below_one}},
      .widenings = {{.field = "lr", .low = 0.1, .high = 1.0, .trials = 2}},
      .trials = {{.lr = 0.001, .validation_metric = 0.94},
                 {.point = {{"lr", 0.00213456}, {"beta1", 0.99971}},
                  .lr = 0.00213456,
                  .validation_metric = 0.98},
                 {.point = {{"lr", 0.1}, {"beta1", 0.5}},
                  .status = train::Status::stopped,
                  .lr = 0.1},
                 {.point = {{"lr", 0.25}, {"beta1", 0.5}}, .lr = 0.25, .validation_metric = 0.5},
                 {.point = {{"lr", 0.75}, {"beta1", 0.25}}, .lr = 0.75, .validation_metric = 0.25}},
      .stopped_trials = 1,
      .defaults = {}};
  adam.tuned = {.settings = {{"lr", 0.00213456}, {"beta1", 0.99971}, {"eps", 1e-7}},
                .runs = example.add({0.968, 0.972, 0.974, 0.970, 0.976}),
                .test_metric = Summary{0.972, 0.0032, 5, Interval{0.9681, 0.9759}},
                .train_loss = Summary{0.125, 0, 5, Interval{0.125, 0.125}}};
  adam.defaults = {.settings = {{"lr", 0.001}, {"beta1", 0.9}, {"eps", 1e-7}},
                   .runs = example.add({0.956, 0.960, 0.962, 0.958, 0.964}),
                   .test_metric = Summary{0.96, 0.0032, 5, Interval{0.9561, 0.9639}}};
  adam.steps_to_target = {.median = 72, .reached = 4, .of = 5};
  adam.epochs_to_target = {.median = 2, .reached = 4, .of = 5};
  adam.seconds_to_target = {.median = 0.5, .reached = 4, .of = 5};
  adam.step_seconds = 1.2345e-5;
  adam.state_bytes_per_parameter = 8;
  adam.lr_width_decades = 1.4321;
  adam.budget = {{.trials = 1, .test_metric = adam.defaults.test_metric},
                 {.trials = 5, .test_metric = adam.tuned->test_metric}};
  adam.curve = {{.epoch = 1,
                 .steps = 36,
                 .seconds = 0.25,
                 .n = 5,
                 .train_loss = {0.4, 0.5, 0.6},
                 .validation_loss = {0.3, 0.4, 0.5},
                 .validation_metric = {0.8, 0.9, 0.95}}};

  compare::Standing sgd{.contender = {"sgd"},
                        .space = {lr},
                        .trials = {{.lr = 0.01, .validation_metric = 0.9},
                                   {.point = {{"lr", 0.1}}, .lr = 0.1, .validation_metric = 0.92},
                                   {.point = {{"lr", 0.5}}, .lr = 0.5, .validation_metric = 0.94}},
                        .defaults = {}};
  sgd.tuned = {.settings = {{"lr", 0.5}},
               .runs = example.add({0.937, 0.941, 0.943, 0.939, 0.945}),
               .test_metric = Summary{0.941, 0.0032, 5, Interval{0.9371, 0.9449}}};
  sgd.defaults = {.settings = {{"lr", 0.01}},
                  .runs = example.add({0.637, 0.641, 0.643, 0.639, 0.645}),
                  .test_metric = Summary{0.641, 0.0032, 5, Interval{0.6371, 0.6449}}};
  sgd.steps_to_target = sgd.epochs_to_target = sgd.seconds_to_target = {.reached = 0, .of = 5};

  compare::Comparison& comparison = example.comparison();
  comparison.standings = {momentum, adam, sgd};
  comparison.pairs = {{0, 1, {.mean = -0.002, .n = 5, .ci95 = Interval{-0.0051, 0.0011}}},
                      {0, 2, {.mean = 0.029, .n = 5, .ci95 = Interval{0.0251, 0.0329}}},
                      {1, 2, {.mean = 0.031, .n = 5, .ci95 = Interval{0.0281, 0.0339}}}};
  comparison.best = 1;
  return example;
}

}  // namespace ravine::report
