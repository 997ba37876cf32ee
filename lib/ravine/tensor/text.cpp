#include "ravine/tensor/text.hpp"

#include <algorithm>
#include <cctype>

namespace ravine {
namespace {

/// Of the letters that ASCII has.
bool same_letter(char a, char b) {
  const auto small = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  return small(a) == small(b);
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  // row[i][j] is the distance between the first i letters of a and the first j of b.
  std::vector<std::vector<std::size_t>> row(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        row[i][j] = i + j;
        continue;
      }
      const std::size_t replaced = row[i - 1][j - 1] + (same_letter(a[i - 1], b[j - 1]) ? 0 : 1);
      row[i][j] = std::min({row[i - 1][j] + 1, row[i][j - 1] + 1, replaced});
      if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) && same_letter(a[i - 2], b[j - 1]))
        row[i][j] = std::min(row[i][j], row[i - 2][j - 2] + 1);
    }
  }
  return row[a.size()][b.size()];
}

}  // namespace

std::string listed(const std::vector<std::string>& items) {
  if (items.size() < 2) return joined(items);
  return text(joined(std::span(items).first(items.size() - 1)), " and ", items.back());
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    pieces.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return pieces;
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
  if (known.empty()) return "";
  // Names come from outside: a very long one is near nothing and not worth a quadratic table.
  constexpr std::size_t longest_name = 64;
  if (name.size() <= longest_name) {
    const auto distance = [&](const std::string& candidate) {
      return edit_distance(name, candidate);
    };
    const auto nearest = std::ranges::min_element(known, {}, distance);
    const std::size_t allowed =
        std::max<std::size_t>(1, std::max(name.size(), nearest->size()) / 3);
    // A name with every letter edited is another name.
    const std::size_t edits = distance(*nearest);
    if (edits <= allowed && edits < nearest->size())
      return text(" (did you mean '", *nearest, "'?)");
  }
  return text(" (known: ", joined(known), ")");
}

}  // namespace ravine
