#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::data {

/// Takes delimited text apart, record by record, as RFC 4180 has it: cells may be quoted, and hold
/// then delimiters, line ends and doubled quotes. A delimiter of ' ' is any run of blanks. Lines
/// end with LF, CRLF or CR; those without anything on them are skipped.
class RecordReader {
 public:
  /// `name` starts the messages of errors. The text stays where it is while cells are in use.
  RecordReader(std::string_view text, char delimiter, std::string name);

  /// Puts the next record's cells there; false at the end of the text. Cells stay valid as long
  /// as the reader. Throws InputError for a quote that is not closed or not the cell's end.
  bool next(std::vector<std::string_view>& cells);

  /// The line on which the record last read begins, counted from 1.
  std::size_t line() const { return line_; }

 private:
  bool at_end() const { return position_ == text_.size(); }
  bool at_line_end() const { return text_[position_] == '\n' || text_[position_] == '\r'; }
  bool at_delimiter() const;
  void skip_line_end();
  void skip_blanks();
  std::string_view cell();
  std::string_view quoted_cell();

  std::string_view text_;
  char delimiter_;
  std::string name_;
  std::size_t position_ = 0;
  std::size_t line_ = 0;
  std::size_t next_line_ = 1;
  std::deque<std::string> unescaped_;
};

}  // namespace ravine::data
