#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

/// The row whose `about` has the name, of rows of some kind. Throws UnknownName, offering the
/// nearest.
template <class Rows>
const auto& find_named(const Rows& rows, std::string_view kind, std::string_view name) {
  const auto found = std::ranges::find(rows, name, [](const auto& row) { return row.about.name; });
  if (found != rows.end()) return *found;
  std::vector<std::string> known;
  known.reserve(rows.size());
  for (const auto& row : rows) known.emplace_back(row.about.name);
  throw UnknownName(text("unknown ", kind, " '", name, "'", suggestion(name, known)));
}

}  // namespace ravine::optim
