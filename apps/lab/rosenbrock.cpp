#include "ravine/report/lab/rosenbrock.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/show.hpp"

namespace ravine::apps {
namespace {

struct RosenbrockChoice {
  lab::RosenbrockOptions options;
  ShowChoice show;
};

void declare_rosenbrock(Options& options, RosenbrockChoice& choice) {
  options.value("--kappa", "K", choice.options.function.kappa,
                "above 1: what the condition number tends to as n grows");
  options.count("--n", choice.options.function.n, "numbers in the chain, 2 or more");
  options.count("--steps", choice.options.steps, "updates of each rule");
  declare(options, choice.show);
}

}  // namespace

Subcommand rosenbrock_subcommand(const Common& common) {
  const auto choice = std::make_shared<RosenbrockChoice>();
  return {.name = "rosenbrock",
          .summary = "Hold every rule against the bound on first-order methods",
          .declare = [choice](Options& options) { declare_rosenbrock(options, *choice); },
          .run =
              [choice, &common] {
                check(choice->show, common);
                show(report::rosenbrock_exhibit(lab::rosenbrock(choice->options)), choice->show,
                     common);
                return 0;
              }};
}

}  // namespace ravine::apps
