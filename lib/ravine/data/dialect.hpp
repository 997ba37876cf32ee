#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ravine::data {

/// How a delimited file is written.
struct Dialect {
  /// One of , ; tab | or ' ' for runs of blanks; a comma where there is one column.
  char delimiter = ',';
  /// Records before the first row of data: a header, or the line that scikit-learn's own files
  /// begin with (rows, features, class names).
  std::size_t records_before_data = 0;
  /// Whether that record names the columns.
  bool has_header = false;
};

/// Looks at the beginning of the text. The delimiter is the one that most of the lines have
/// equally often. The first record is a header if, in the columns that hold numbers further down,
/// at least half of its cells are words (numbers and marks for missing values are none), or if
/// there is nothing but words in it and no record follows. `name` starts the messages of errors.
Dialect find_dialect(std::string_view text, const std::string& name);

}  // namespace ravine::data
