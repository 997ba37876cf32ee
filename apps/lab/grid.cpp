#include "lab/grid.hpp"

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "values.hpp"

namespace ravine::apps {

Grid grid_of(const std::string& text, const Grid& example) {
  const std::string hint = ravine::text("(columns x rows, as in ", grid_text(example), ")");
  const std::size_t middle = text.find('x');
  if (middle == std::string::npos)
    throw InputError(ravine::text("--grid: '", text, "' is not a grid ", hint));
  try {
    return {parsed<std::size_t>(text.substr(0, middle)),
            parsed<std::size_t>(text.substr(middle + 1))};
  } catch (const InputError& error) {
    throw InputError(ravine::text("--grid: '", text, "' is not a grid: ", error.what(), " ", hint));
  }
}

std::string grid_text(const Grid& grid) { return text(grid.columns, "x", grid.rows); }

}  // namespace ravine::apps
