#include <memory>

#include "choices.hpp"
#include "log.hpp"
#include "output.hpp"
#include "ravine/lab/expression.hpp"
#include "ravine/lab/trajectory_csv.hpp"
#include "ravine/report/trajectory.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

struct TrajectoryChoice {
  std::string function;
  std::vector<double> start;
  OptimizerChoice optimizer{.spec = {.name = lab::TrajectoryOptions{}.optimizer}};
  std::size_t steps = lab::TrajectoryOptions{}.steps;
  bool csv = false;
};

void declare_trajectory(Options& options, TrajectoryChoice& choice) {
  options.value("--function", "F", choice.function,
                "of w1, w2, ...: + - * / ^, parentheses, numbers, pi, e, sin cos tan tanh exp log "
                "sqrt abs",
                Need::required);
  options.value("--start", "X,...", choice.start, "a number for each w, as --start=-15,20",
                Need::required);
  declare(options, choice.optimizer);
  options.count("--steps", choice.steps, "updates");
  options.flag("--csv", choice.csv, "every step as CSV: step,w1,...,wn,f");
}

int run_trajectory(const TrajectoryChoice& choice, const Common& common) {
  if (choice.csv && common.json) throw InputError("--csv and --json exclude each other (give one)");
  const lab::Expression function(choice.function);
  report::Descent descent{.function = choice.function,
                          .options = {.optimizer = choice.optimizer.spec.name,
                                      .settings = settings_of(choice.optimizer),
                                      .steps = choice.steps},
                          .trajectory = {}};
  descent.trajectory = lab::trajectory(function, choice.start, descent.options);
  if (choice.csv)
    print(lab::csv(descent.trajectory));
  else
    print(common.json ? report::trajectory_json(descent) : report::trajectory_text(descent));
  if (!descent.trajectory.diverged) return 0;
  log::error(text("diverged: after step ", descent.trajectory.points.size() - 1,
                  " the point or the function there is not finite (try a smaller learning rate)"));
  return 1;
}

}  // namespace

Subcommand lab_subcommand(const Common& common) {
  const auto choice = std::make_shared<TrajectoryChoice>();
  return {
      .name = "lab",
      .summary = "Experiments with optimizers",
      .children = {{.name = "trajectory",
                    .summary = "Follow an optimizer down a function that you give",
                    .declare = [choice](Options& options) { declare_trajectory(options, *choice); },
                    .run = [choice, &common] { return run_trajectory(*choice, common); }}}};
}

}  // namespace ravine::apps
