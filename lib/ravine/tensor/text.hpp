#pragma once

#include <span>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace ravine {

/// The parts printed one after another: `text("row ", 3, " of ", shape)`.
template <class... Parts>
std::string text(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return out.str();
}

/// The items with `separator` between them.
template <class Items>
std::string joined(const Items& items, std::string_view separator = ", ") {
  std::ostringstream out;
  std::string_view between;
  for (const auto& item : items) {
    out << between << item;
    between = separator;
  }
  return out.str();
}

/// `a, b and c`.
std::string listed(const std::vector<std::string>& items);

/// The pieces between separators; one, the text itself, where there is none.
std::vector<std::string_view> split(std::string_view text, char separator);

/// The text without blanks at its ends.
std::string_view trimmed(std::string_view text);

/// " (did you mean 'adam'?)" where a known name is close to `name`, and otherwise
/// " (known: adam, momentum, sgd)". Close: at most a third of its letters edited (optimal string
/// alignment distance, in which a swap of neighbours is one edit), and not all of them. Capital and
/// small letters are the same.
std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace ravine
