#include "output.hpp"
#include "ravine/report/datasets.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

int run_list(const Common& common) {
  const std::vector<data::Listing> listings = data::list(common.data_dir);
  print(common.json ? report::datasets_json(listings) : report::dataset_list(listings));
  return 0;
}

}  // namespace

Subcommand data_subcommand(const Common& common) {
  return {.name = "data",
          .summary = "Datasets that are known by name",
          .children = {{.name = "list",
                        .summary = "List them: what is here, and how to get the rest",
                        .run = [&common] { return run_list(common); }}}};
}

}  // namespace ravine::apps
