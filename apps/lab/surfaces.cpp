#include "ravine/report/lab/surfaces.hpp"

#include <memory>

#include "lab/experiments.hpp"
#include "output.hpp"

namespace ravine::apps {
namespace {

int run_surfaces(const std::string& name, const Common& common) {
  if (name.empty()) {
    print(common.json ? report::surfaces_json(lab::surfaces())
                      : report::surface_list(lab::surfaces()));
  } else {
    const lab::Surface& surface = lab::find_surface(name);
    print(common.json ? report::surfaces_json({&surface, 1}) : report::surface_page(surface));
  }
  return 0;
}

}  // namespace

Subcommand surfaces_subcommand(const Common& common) {
  const auto name = std::make_shared<std::string>();
  return {.name = "surfaces",
          .summary = "List the functions that trajectory knows by name, or explain one",
          .declare =
              [name](Options& options) {
                options.argument("NAME", *name,
                                 "the one to explain: its minima, what it teaches, a command");
              },
          .run = [name, &common] { return run_surfaces(*name, common); }};
}

}  // namespace ravine::apps
