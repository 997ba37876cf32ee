#include "ravine/report/lab/amplification.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/grid.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct AmplificationChoice {
  lab::AmplificationOptions options;
  std::string rule = lab::name_of(options.rule);
  std::vector<double> at{options.at.begin(), options.at.end()};
  std::string grid = grid_text({options.columns, options.rows});
  ShowChoice show;
};

void declare_amplification(Options& options, AmplificationChoice& choice) {
  options.value(
      "--rule", "NAME", choice.rule,
      text("what --json, --csv and --set are about: ", joined(lab::amplifying_rule_names())));
  options.value(
      "--at", "G1,G2", choice.at,
      text("two gradients, one after the other, as --at=1,-2 (", joined(choice.at, ","), ")"));
  options.repeated("--set", "NAME=VALUE", choice.options.settings,
                   "a hyper-parameter of the rule (see `ravine optimizers NAME`)");
  options.value(
      "--grid", "CxR", choice.grid,
      text("cells of the maps over both gradients, 2 to ", lab::most_map_cells_a_side, " a side"));
  options.value("--range", "G", choice.options.range, "the maps' gradients are from -G to G");
  declare(options, choice.show);
}

int run_amplification(const AmplificationChoice& choice, const Common& common) {
  check(choice.show, common);
  lab::AmplificationOptions options = choice.options;
  options.rule = lab::amplifying_rule_named(choice.rule);
  if (choice.at.size() != options.at.size())
    throw InputError(text("--at: two gradients are needed, ", choice.at.size(),
                          choice.at.size() == 1 ? " was" : " were", " given (as in 1,-2)"));
  options.at = {choice.at[0], choice.at[1]};
  const Grid grid = grid_of(choice.grid, {options.columns, options.rows});
  options.columns = grid.columns;
  options.rows = grid.rows;
  show(report::amplification_exhibit(lab::amplification(options)), choice.show, common);
  return 0;
}

}  // namespace

Subcommand amplification_subcommand(const Common& common) {
  const auto choice = std::make_shared<AmplificationChoice>();
  return {.name = "amplification",
          .summary = "Map what each rule makes of the second of two gradients",
          .declare = [choice](Options& options) { declare_amplification(options, *choice); },
          .run = [choice, &common] { return run_amplification(*choice, common); }};
}

}  // namespace ravine::apps
