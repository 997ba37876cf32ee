#include "ravine/data/record_reader.hpp"

#include "ravine/data/number.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {

RecordReader::RecordReader(std::string_view text, char delimiter, std::string name)
    : text_(text), delimiter_(delimiter), name_(std::move(name)) {}

bool RecordReader::at_delimiter() const {
  const char c = text_[position_];
  return c == delimiter_ || (delimiter_ == ' ' && c == '\t');
}

void RecordReader::skip_line_end() {
  if (at_end()) return;
  if (text_[position_] == '\r' && text_.substr(position_ + 1, 1) == "\n") ++position_;
  ++position_;
  ++next_line_;
}

void RecordReader::skip_blanks() {
  while (!at_end() && (text_[position_] == ' ' || text_[position_] == '\t') &&
         (delimiter_ == ' ' || !at_delimiter()))
    ++position_;
}

bool RecordReader::next(std::vector<std::string_view>& cells) {
  while (true) {
    skip_blanks();
    if (at_end()) return false;
    if (!at_line_end()) break;
    skip_line_end();
  }
  cells.clear();
  line_ = next_line_;
  while (true) {
    cells.push_back(cell());
    if (delimiter_ == ' ') skip_blanks();
    if (at_end() || at_line_end()) break;
    if (delimiter_ != ' ') ++position_;
  }
  skip_line_end();
  return true;
}

std::string_view RecordReader::cell() {
  skip_blanks();
  if (!at_end() && text_[position_] == '"') return quoted_cell();
  const std::size_t begin = position_;
  while (!at_end() && !at_delimiter() && !at_line_end()) ++position_;
  return trimmed(text_.substr(begin, position_ - begin));
}

std::string_view RecordReader::quoted_cell() {
  const std::size_t begin = ++position_;
  bool doubled = false;
  for (;; ++position_) {
    if (at_end()) throw InputError(text(name_, ":", line_, ": a quoted cell is never closed"));
    const char c = text_[position_];
    if (c == '\n' || (c == '\r' && text_.substr(position_ + 1, 1) != "\n")) ++next_line_;
    if (c != '"') continue;
    if (text_.substr(position_ + 1, 1) != "\"") break;
    doubled = true;
    ++position_;
  }
  std::string_view content = text_.substr(begin, position_ - begin);
  ++position_;
  const std::size_t after = position_;
  skip_blanks();
  const bool separated = delimiter_ != ' ' || position_ > after;
  if (!at_end() && !at_line_end() && !(separated && (delimiter_ == ' ' || at_delimiter())))
    throw InputError(text(name_, ":", next_line_,
                          ": text follows a closing quote (double the quotes inside a cell)"));
  if (!doubled) return content;
  std::string& plain = unescaped_.emplace_back();
  for (std::size_t i = 0; i < content.size(); ++i) {
    plain += content[i];
    if (content[i] == '"') ++i;
  }
  return plain;
}

}  // namespace ravine::data
