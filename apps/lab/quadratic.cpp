#include "ravine/report/lab/quadratic.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/settings_choice.hpp"
#include "lab/show.hpp"
#include "ravine/lab/symmetric_matrix.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

const std::vector<double> standard_eigenvalues{1, 10, 100};

struct QuadraticChoice {
  std::vector<double> eigenvalues = {};
  std::filesystem::path matrix = {};
  std::vector<double> linear = {};
  lab::QuadraticOptions options;
  ShowChoice show;
};

void declare_quadratic(Options& options, QuadraticChoice& choice) {
  options.value("--eigenvalues", "L,...", choice.eigenvalues,
                text("the curvatures along the axes (", joined(standard_eigenvalues, ","), ")"));
  options.value("--matrix", "FILE.csv", choice.matrix,
                "A instead: numbers without a header, symmetric and positive definite");
  options.value("--b", "B,...", choice.linear, "of 1/2 w'Aw - b'w, as --b=1,-2,0 (all 0)");
  declare(options, choice.options.settings);
  options.value("--start", "X,...", choice.options.start, "w at step 0, as --start=1,-2,3 (all 1)");
  options.count("--steps", choice.options.steps, "updates");
  declare(options, choice.show);
}

lab::QuadraticProblem problem_of(const QuadraticChoice& choice) {
  if (choice.matrix.empty())
    return lab::diagonal_problem(
        choice.eigenvalues.empty() ? standard_eigenvalues : choice.eigenvalues, choice.linear);
  if (!choice.eigenvalues.empty())
    throw InputError("--eigenvalues and --matrix exclude each other (give one)");
  return lab::matrix_problem(choice.matrix.string(), lab::read_symmetric_matrix(choice.matrix),
                             choice.linear);
}

}  // namespace

Subcommand quadratic_subcommand(const Common& common) {
  const auto choice = std::make_shared<QuadraticChoice>();
  return {.name = "quadratic",
          .summary = "Predict gradient descent and momentum on a quadratic, and run them",
          .declare = [choice](Options& options) { declare_quadratic(options, *choice); },
          .run =
              [choice, &common] {
                check(choice->show, common);
                const lab::Quadratic result = lab::quadratic(problem_of(*choice), choice->options);
                show(report::quadratic_exhibit(result), choice->show, common);
                return 0;
              }};
}

}  // namespace ravine::apps
