#include "ravine/lab/trajectory.hpp"

#include <algorithm>
#include <memory>

#include "choices.hpp"
#include "lab/experiments.hpp"
#include "lab/show.hpp"
#include "log.hpp"
#include "ravine/lab/expression.hpp"
#include "ravine/report/lab/trajectories.hpp"
#include "ravine/report/lab/trajectory.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct TrajectoryChoice {
  std::string function;
  std::string surface;
  std::vector<double> start;
  OptimizerChoice optimizer{.spec = {.name = lab::TrajectoryOptions{}.optimizer}};
  std::vector<optim::Spec> compare;
  std::size_t steps = lab::TrajectoryOptions{}.steps;
  ShowChoice show;
};

void declare_trajectory(Options& options, TrajectoryChoice& choice) {
  options.value("--function", "F", choice.function,
                "of w1, w2, ...: + - * / ^, parentheses, numbers, pi, e, sin cos tan tanh exp log "
                "sqrt abs");
  options.value("--surface", "NAME", choice.surface,
                "a function that is known by name, see `ravine lab surfaces`");
  options.value("--start", "X,...", choice.start,
                "a number for each w, as --start=-15,20 (the surface's own)");
  declare(options, choice.optimizer);
  // From here on a name means that one was given, which does not go with --compare.
  choice.optimizer.spec = {};
  options.value("--compare", "NAME[:SETTING,...],...", choice.compare,
                "several optimizers instead, as in adam:lr=0.1,sgd:lr=0.4; one that diverges is a "
                "result (status 0)");
  options.count("--steps", choice.steps, "updates");
  declare(options, choice.show);
}

report::Descent asked_for(const TrajectoryChoice& choice) {
  if (choice.function.empty() && choice.surface.empty())
    throw InputError("--function or --surface is required (`ravine lab surfaces` lists them)");
  if (!choice.function.empty() && !choice.surface.empty())
    throw InputError("--function and --surface exclude each other (give one)");
  report::Descent descent{.function = choice.function, .steps = choice.steps, .runs = {}};
  if (!choice.surface.empty()) {
    descent.surface = &lab::find_surface(choice.surface);
    descent.function = descent.surface->function;
  }
  return descent;
}

std::vector<double> start_of(const TrajectoryChoice& choice, const report::Descent& descent) {
  if (!choice.start.empty()) return choice.start;
  if (descent.surface == nullptr)
    throw InputError("--start is required with --function (as --start=-15,20)");
  return descent.surface->start;
}

std::vector<optim::Spec> optimizers_of(const TrajectoryChoice& choice) {
  const auto& [spec, lr, set] = choice.optimizer;
  if (choice.compare.empty())
    return {{.name = spec.name.empty() ? lab::TrajectoryOptions{}.optimizer : spec.name,
             .settings = settings_of(choice.optimizer)}};
  if (!spec.name.empty() || lr || !set.empty())
    throw InputError(
        "--compare excludes --optimizer, --lr and --set (write --compare adam:lr=0.1,sgd)");
  for (auto one = choice.compare.begin(); one != choice.compare.end(); ++one)
    if (std::find(choice.compare.begin(), one, *one) != one)
      throw InputError(text("--compare: optimizer '", *one, "' was named twice"));
  return choice.compare;
}

int run_trajectory(const TrajectoryChoice& choice, const Common& common) {
  check(choice.show, common);
  report::Descent descent = asked_for(choice);
  const lab::Expression function(descent.function);
  const std::vector<double> start = start_of(choice, descent);
  for (const optim::Spec& optimizer : optimizers_of(choice))
    descent.runs.push_back({optimizer, lab::trajectory(function, start,
                                                       {.optimizer = optimizer.name,
                                                        .settings = optimizer.settings,
                                                        .steps = choice.steps})});
  if (!choice.compare.empty()) {
    show(report::trajectories_exhibit(descent), choice.show, common);
    return 0;
  }
  show(report::trajectory_exhibit(descent), choice.show, common);
  const lab::Trajectory& run = descent.runs.front().trajectory;
  if (!run.diverged) return 0;
  log::error(text("diverged: after step ", run.points.size() - 1,
                  " the point or the function there is not finite (try a smaller learning rate)"));
  return 1;
}

}  // namespace

Subcommand trajectory_subcommand(const Common& common) {
  const auto choice = std::make_shared<TrajectoryChoice>();
  return {.name = "trajectory",
          .summary = "Follow optimizers down a function",
          .declare = [choice](Options& options) { declare_trajectory(options, *choice); },
          .run = [choice, &common] { return run_trajectory(*choice, common); }};
}

}  // namespace ravine::apps
