#include "ravine/report/lab/rates.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/grid.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct RatesChoice {
  lab::RatesOptions options;
  std::string grid = grid_text({options.grid.columns, options.grid.rows});
  ShowChoice show;
};

void declare_rates(Options& options, RatesChoice& choice) {
  options.value("--grid", "CxR", choice.grid,
                text("columns of learning rate times curvature from 0 to ", lab::most_alpha_lambda,
                     ", rows of momentum from 0 to ", lab::most_beta, "; each from ",
                     lab::least_cells, " to ", lab::most_cells));
  options.repeated("--at", "AL,B", choice.options.at,
                   "a point instead of the grid: learning rate times curvature, and momentum");
  options.count("--points", choice.options.points, "random points that are simulated");
  options.count("--steps", choice.options.steps, "of a simulation");
  declare(options, choice.show);
}

int run_rates(const RatesChoice& choice, const Common& common) {
  check(choice.show, common);
  lab::RatesOptions options = choice.options;
  const auto [columns, rows] = grid_of(choice.grid, {options.grid.columns, options.grid.rows});
  options.grid = {.columns = columns, .rows = rows};
  options.seed = common.seed.value_or(default_seed);
  show(report::rates_exhibit(lab::rates(options)), choice.show, common);
  return 0;
}

}  // namespace

Subcommand rates_subcommand(const Common& common) {
  const auto choice = std::make_shared<RatesChoice>();
  return {.name = "rates",
          .summary = "Map the convergence rate over learning rate and momentum",
          .declare = [choice](Options& options) { declare_rates(options, *choice); },
          .run = [choice, &common] { return run_rates(*choice, common); }};
}

}  // namespace ravine::apps
