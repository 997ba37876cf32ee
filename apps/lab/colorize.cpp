#include "ravine/report/lab/colorize.hpp"

#include <memory>

#include "compute.hpp"
#include "lab/experiments.hpp"
#include "lab/grid.hpp"
#include "lab/show.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

struct ColorizeChoice {
  lab::ColorizeOptions options;
  std::string grid = grid_text({options.grid.columns, options.grid.rows});
  std::string seeds = "0:0";
  ShowChoice show;
};

lab::Pixel pixel_of(const std::string& seed) {
  const auto parts = split(seed, ':');
  try {
    if (parts.size() == 2)
      return {.column = parsed<std::size_t>(std::string(parts[0])),
              .row = parsed<std::size_t>(std::string(parts[1]))};
  } catch (const InputError&) {
    // Said below, with the whole of what was given.
  }
  throw InputError(
      text("--seeds: '", seed, "' is not a pixel (column:row from 0, as in 0:0,19:19)"));
}

lab::ColorizeOptions options_of(const ColorizeChoice& choice) {
  lab::ColorizeOptions options = choice.options;
  const auto [columns, rows] = grid_of(choice.grid, {options.grid.columns, options.grid.rows});
  options.grid = {.columns = columns, .rows = rows, .seeds = {}};
  for (const std::string_view seed : split(choice.seeds, ','))
    options.grid.seeds.push_back(pixel_of(std::string(seed)));
  return options;
}

void declare_colorize(Options& options, ColorizeChoice& choice) {
  options.value("--grid", "WxH", choice.grid,
                text("columns x rows of pixels: 2x2 or more, ", lab::ColorizeOptions::most_pixels,
                     " pixels at most"));
  options.value("--seeds", "X:Y,...", choice.seeds,
                "the pixels that are pulled to the colour: column:row from 0, the top left");
  options.value("--tolerance", "X", choice.options.tolerance,
                "a run is done when f is this share of f at the start");
  options.count("--steps", choice.options.steps,
                text("updates after which a run is given up, ", lab::ColorizeOptions::most_steps,
                     " at most"));
  declare(options, choice.show, "as CSV, some hundreds of steps of each run, evenly apart");
}

int run_colorize(const ColorizeChoice& choice, const Common& common) {
  check(choice.show, common);
  const lab::ColorizeOptions options = options_of(choice);
  start_compute(common);
  show(report::colorize_exhibit(lab::colorize(options)), choice.show, common);
  return 0;
}

}  // namespace

Subcommand colorize_subcommand(const Common& common) {
  const auto choice = std::make_shared<ColorizeChoice>();
  return {.name = "colorize",
          .summary = "Spread a colour over a grid by gradient descent and by momentum",
          .declare = [choice](Options& options) { declare_colorize(options, *choice); },
          .run = [choice, &common] { return run_colorize(*choice, common); }};
}

}  // namespace ravine::apps
