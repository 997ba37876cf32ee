#include "ravine/report/wrapped.hpp"

#include <algorithm>

#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

constexpr std::size_t width = 100;

/// The words of a sentence; what stands between backticks is one. A full stop after a command would
/// be copied with it.
std::vector<std::string> words_of(std::string_view sentence) {
  if (sentence.ends_with("`.")) sentence.remove_suffix(1);
  std::vector<std::string> words;
  bool in_code = false;
  for (const std::string_view piece : split(sentence, ' ')) {
    if (in_code)
      words.back() += text(" ", piece);
    else
      words.emplace_back(piece);
    if (std::ranges::count(piece, '`') % 2 != 0) in_code = !in_code;
  }
  for (std::string& word : words) std::erase(word, '`');
  return words;
}

}  // namespace

std::string wrapped(const std::vector<std::string>& sentences) {
  std::string lines;
  for (const std::string& sentence : sentences) {
    std::string line;
    for (const std::string& word : words_of(sentence)) {
      if (!line.empty() && display_width(line) + 1 + display_width(word) > width) {
        lines += line + '\n';
        line = " ";
      }
      line += text(line.empty() ? "" : " ", word);
    }
    lines += line + '\n';
  }
  return lines;
}

}  // namespace ravine::report
