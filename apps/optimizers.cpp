#include "ravine/report/optimizers.hpp"

#include <memory>

#include "output.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

int run_optimizers(const std::string& name, const Common& common) {
  if (name.empty() && !common.json) {
    print(report::optimizer_list(optim::rules()));
  } else if (!common.json) {
    print(report::optimizer_page(optim::find_rule(name)));
  } else {
    std::vector<const optim::RuleInfo*> rules;
    if (!name.empty())
      rules.push_back(&optim::find_rule(name));
    else
      for (const optim::RuleInfo& rule : optim::rules()) rules.push_back(&rule);
    print(report::optimizers_json(rules));
  }
  return 0;
}

}  // namespace

Subcommand optimizers_subcommand(const Common& common) {
  const auto name = std::make_shared<std::string>();
  return {.name = "optimizers",
          .summary = "List the optimizers, or explain one",
          .declare =
              [name](Options& options) {
                options.argument("NAME", *name,
                                 "the one to explain: its update, hyper-parameters, reference");
              },
          .run = [name, &common] { return run_optimizers(*name, common); }};
}

}  // namespace ravine::apps
