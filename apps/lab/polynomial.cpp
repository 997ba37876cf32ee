#include "ravine/report/lab/polynomial.hpp"

#include <memory>

#include "compute.hpp"
#include "lab/experiments.hpp"
#include "lab/show.hpp"
#include "ravine/data/datasets.hpp"

namespace ravine::apps {
namespace {

const std::string built_in = "built-in";

struct PolynomialChoice {
  std::string data = built_in;
  data::LoadOptions reading{.test_fraction = 0, .task = data::Task::regression};
  lab::PolynomialOptions options;
  ShowChoice show;
};

void declare_polynomial(Options& options, PolynomialChoice& choice) {
  options.value("--data", "FILE", choice.data,
                "two columns, x and y; built-in: 30 points on sin(pi x) with noise by --seed");
  options.count("--degree", choice.options.degree,
                text("of the polynomial, ", lab::PolynomialOptions::most_degree, " at most"));
  options.count("--steps", choice.options.steps,
                text("of gradient descent, from coefficients of 0; ",
                     lab::PolynomialOptions::most_steps, " at most"));
  options.value("--target", "COLUMN", choice.reading.target,
                "which of the two is y: its name or its index from 0 (the last)");
  options.value("--drop", "COLUMN,...", choice.reading.drop,
                "columns of a larger table to leave out, by name or index from 0 (none)");
  options.value("--missing", "HOW", choice.reading.missing,
                "cells without a value: error, drop (the point), mean (of the column)");
  declare(options, choice.show,
          "as CSV, the first steps and then some twenty to each tenfold of steps");
}

lab::PolynomialData points_for(const PolynomialChoice& choice, const Common& common) {
  if (choice.data == built_in) return lab::made_up_points(common.seed.value_or(default_seed));
  data::LoadOptions reading = choice.reading;
  reading.data_dir = common.data_dir;
  return lab::points_of(data::load_train(choice.data, reading));
}

int run_polynomial(const PolynomialChoice& choice, const Common& common) {
  check(choice.show, common);
  start_compute(common);
  show(report::polynomial_exhibit(lab::polynomial(points_for(choice, common), choice.options)),
       choice.show, common);
  return 0;
}

}  // namespace

Subcommand polynomial_subcommand(const Common& common) {
  const auto choice = std::make_shared<PolynomialChoice>();
  return {.name = "polynomial",
          .summary = "See what gradient descent learns first, and early stopping as regularisation",
          .declare = [choice](Options& options) { declare_polynomial(options, *choice); },
          .run = [choice, &common] { return run_polynomial(*choice, common); }};
}

}  // namespace ravine::apps
