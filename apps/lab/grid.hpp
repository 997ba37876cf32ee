#pragma once

#include <cstddef>
#include <string>

namespace ravine::apps {

struct Grid {
  std::size_t columns;
  std::size_t rows;
};

/// Reads `80x60`. Throws InputError, with a grid that would do.
Grid grid_of(const std::string& text, const Grid& example);
/// `80x60`.
std::string grid_text(const Grid& grid);

}  // namespace ravine::apps
