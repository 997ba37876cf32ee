#include "ravine/report/lab/rosenbrock.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct RosenbrockChoice {
  lab::RosenbrockOptions options;
  ShowChoice show;
};

void declare_rosenbrock(Options& options, RosenbrockChoice& choice) {
  options.value("--kappa", "K", choice.options.function.kappa,
                text("what the condition number tends to as n grows: above 1, ",
                     lab::RosenbrockOptions::most_kappa, " at most"));
  options.value("--n", "N", choice.options.function.n,
                text("numbers in the chain, 2 to ", lab::RosenbrockOptions::most_numbers));
  options.count("--steps", choice.options.steps,
                text("updates of each rule, ", lab::RosenbrockOptions::most_steps, " at most"));
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
