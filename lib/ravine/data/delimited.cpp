#include "ravine/data/delimited.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>
#include <set>

#include "ravine/data/byte_reader.hpp"
#include "ravine/data/dialect.hpp"
#include "ravine/data/number.hpp"
#include "ravine/data/record_reader.hpp"
#include "ravine/data/targets.hpp"
#include "ravine/data/utf8.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

/// Whatever is in it, on one line.
std::string on_one_line(std::string_view cell) {
  std::string result(cell);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  return result;
}

/// And not too long; no character is cut in two.
std::string shown(std::string_view cell) {
  constexpr std::size_t longest = 40;
  if (cell.size() <= longest) return on_one_line(cell);
  return on_one_line(cell.substr(0, valid_utf8_prefix(cell.substr(0, longest)))) + "...";
}

/// A delimited file with its columns known, before its rows are read.
struct File {
  std::string name;
  std::string content;
  Dialect dialect;
  std::vector<std::string> column_names;  // of the header; positions where there is none
};

/// The content after a byte order mark, if there is one.
std::string_view text_of(const File& file) {
  std::string_view content = file.content;
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  return content;
}

/// A reader that stands before the first row of data.
RecordReader rows_of(const File& file) {
  RecordReader reader(text_of(file), file.dialect.delimiter, file.name);
  std::vector<std::string_view> skipped;
  for (std::size_t i = 0; i < file.dialect.records_before_data; ++i) reader.next(skipped);
  return reader;
}

void require_different(const File& file) {
  std::set<std::string_view> seen;
  for (const std::string& name : file.column_names)
    if (!seen.insert(name).second)
      throw InputError(text(file.name, ":1: two columns are named '", shown(name),
                            "' (each needs a name of its own)"));
}

File open(const std::filesystem::path& path) {
  File file;
  file.name = path.string();
  file.content = read_text(path);
  const std::string_view content = text_of(file);
  if (content.find('\0') != std::string_view::npos)
    throw InputError(text(file.name, ": is not a text file (it holds zero bytes); a CSV or TSV ",
                          "file in UTF-8 is expected"));
  if (const std::size_t valid = valid_utf8_prefix(content); valid != content.size())
    throw InputError(text(file.name, ":", 1 + std::ranges::count(content.substr(0, valid), '\n'),
                          ": is not UTF-8 (convert the file: iconv -f latin1 -t utf-8)"));
  file.dialect = find_dialect(content, file.name);

  std::vector<std::string_view> cells;
  RecordReader first(content, file.dialect.delimiter, file.name);
  RecordReader rows = rows_of(file);
  RecordReader& naming = file.dialect.has_header ? first : rows;
  if (!naming.next(cells)) throw InputError(text(file.name, ": has no rows"));
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool named = file.dialect.has_header && !cells[i].empty();
    file.column_names.push_back(named ? on_one_line(cells[i]) : std::to_string(i));
  }
  if (file.dialect.has_header) require_different(file);
  return file;
}

/// Which columns of a file are used, and for what.
struct Selection {
  std::vector<std::size_t> features;
  std::optional<std::size_t> target;
  std::vector<std::size_t> dropped = {};
  bool is_fixed = false;  ///< by a trained model
};

std::optional<std::size_t> position_of(const File& file, std::string_view name) {
  const auto found = std::ranges::find(file.column_names, name);
  if (found == file.column_names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - file.column_names.begin());
}

/// By its name or its position from 0; `what` it is, for messages.
std::size_t find_column(const File& file, const std::string& column, std::string_view what) {
  const std::size_t columns = file.column_names.size();
  if (const auto position = position_of(file, column)) return *position;
  std::size_t index = 0;
  const char* end = column.data() + column.size();
  const auto [stop, error] = std::from_chars(column.data(), end, index);
  if (stop == end && error != std::errc::invalid_argument) {
    if (error == std::errc() && index < columns) return index;
    throw InputError(
        text(file.name, ": there is no column ", column, " (they are 0 to ", columns - 1, ")"));
  }
  if (!file.dialect.has_header)
    throw InputError(text(file.name, ": has no header to find the ", what, " '", column,
                          "' in (give its position, 0 to ", columns - 1, ")"));
  throw InputError(text(file.name, ": there is no column '", column, "'",
                        suggestion(column, file.column_names)));
}

std::vector<std::size_t> find_dropped(const File& file, const std::vector<std::string>& drop,
                                      std::size_t target) {
  std::set<std::size_t> dropped;
  for (const std::string& column : drop)
    if (!dropped.insert(find_column(file, column, "column")).second)
      throw InputError(text(file.name, ": column '", shown(column), "' is dropped twice (--drop)"));
  if (dropped.contains(target))
    throw InputError(text(file.name, ": column '", shown(file.column_names[target]),
                          "' is the target, which cannot be dropped (--target names another)"));
  return {dropped.begin(), dropped.end()};
}

/// All that are not dropped.
Selection select_all(const File& file, const std::string& target,
                     const std::vector<std::string>& drop) {
  if (file.column_names.size() < 2)
    throw InputError(text(file.name, ": has one column only; features and a target, separated by ",
                          "comma, semicolon, tab, | or blanks, are expected"));
  const std::size_t target_column =
      target.empty() ? file.column_names.size() - 1 : find_column(file, target, "target");
  Selection selection{
      .features = {}, .target = target_column, .dropped = find_dropped(file, drop, target_column)};
  for (std::size_t i = 0; i < file.column_names.size(); ++i)
    if (i != target_column && !std::ranges::binary_search(selection.dropped, i))
      selection.features.push_back(i);
  if (selection.features.empty())
    throw InputError(text(file.name, ": no column is left to predict '",
                          shown(file.column_names[target_column]), "' from (--drop fewer)"));
  return selection;
}

Selection select_by_name(const File& file, const Schema& schema, TargetUse use) {
  const auto find = [&](const std::string& name) {
    const auto position = position_of(file, name);
    if (!position)
      throw InputError(text(file.name, ": there is no column '", name,
                            "', which the model was trained with",
                            suggestion(name, file.column_names)));
    return *position;
  };
  Selection selection{.features = {}, .target = {}, .is_fixed = true};
  for (const std::string& name : schema.feature_names) selection.features.push_back(find(name));
  if (use == TargetUse::required) selection.target = find(schema.target_name);
  return selection;
}

Selection select_by_position(const File& file, const Schema& schema, TargetUse use) {
  const std::size_t columns = file.column_names.size();
  const std::size_t others = schema.feature_names.size() + schema.dropped.size();
  const bool has_target = columns == others + 1;
  if (!has_target && (columns != others || use == TargetUse::required))
    throw InputError(text(file.name, ": has ", columns, " columns where the model needs ",
                          use == TargetUse::required ? "" : text(others, ", or "), others + 1,
                          " with the target",
                          schema.dropped.empty() ? "" : " and those that it leaves out"));
  Selection selection{.features = {}, .target = {}, .is_fixed = true};
  for (std::size_t i = 0; i <= others; ++i)
    if (i != schema.target_position && !std::ranges::binary_search(schema.dropped, i))
      selection.features.push_back(!has_target && i > schema.target_position ? i - 1 : i);
  if (use == TargetUse::required) selection.target = schema.target_position;
  return selection;
}

struct Rows {
  std::vector<float> features;            // [n, f]
  std::vector<std::string_view> targets;  // [n], or none
  std::vector<std::size_t> lines;         // [n]
};

/// Where a cell is, for messages.
struct Place {
  const File& file;
  std::size_t line;
  std::size_t column;
  bool can_be_dropped = false;
};

[[noreturn]] void fail_at(const Place& place, std::string_view what) {
  throw InputError(text(place.file.name, ":", place.line, ": column '",
                        shown(place.file.column_names[place.column]), "': ", what));
}

/// The column as --drop takes it: by its position where a shell or a comma would divide its name.
std::string word_for(const Place& place) {
  const std::string& name = place.file.column_names[place.column];
  const bool plain = std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '_' || c == '-' || c == '.' || c >= 0x80;
  });
  return plain && !name.starts_with('-') ? name : std::to_string(place.column);
}

[[noreturn]] void fail_not_a_number(const Place& place, std::string_view cell) {
  std::string what =
      cell.empty() ? "the cell is blank" : text("'", shown(cell), "' is not a number");
  if (is_missing(cell))
    what += " (use --missing drop or mean)";
  else if (place.can_be_dropped)
    what += text(" (every column but the target holds numbers: leave it out by --drop ",
                 word_for(place), ", or make 0/1 columns of it)");
  fail_at(place, what);
}

/// The number, nan for a missing one. Throws InputError where there is a word.
double number_at(const Place& place, std::string_view cell, Missing missing) {
  if (const auto number = parse_number(cell)) {
    if (std::abs(*number) > std::numeric_limits<float>::max())
      fail_at(place, text("'", shown(cell), "' is beyond the range of 32-bit floats"));
    return *number;
  }
  if (missing == Missing::error || !is_missing(cell)) fail_not_a_number(place, cell);
  return std::numeric_limits<double>::quiet_NaN();
}

Rows read_rows(const File& file, RecordReader& reader, const Selection& selection,
               Missing missing) {
  Rows rows;
  const std::size_t columns = file.column_names.size();
  std::vector<std::string_view> cells;
  std::vector<float> features(selection.features.size());
  while (reader.next(cells)) {
    if (cells.size() != columns)
      throw InputError(text(file.name, ":", reader.line(), ": ", cells.size(), " cells where ",
                            columns, " are expected"));
    bool complete = true;
    for (std::size_t j = 0; j < features.size(); ++j) {
      const std::size_t column = selection.features[j];
      features[j] = static_cast<float>(
          number_at({file, reader.line(), column, !selection.is_fixed}, cells[column], missing));
      if (std::isnan(features[j])) complete = false;
    }
    if (!complete && missing == Missing::drop) continue;
    if (selection.target) {
      // Other marks for missing values may be the names of classes; see is_numeric.
      const std::string_view cell = cells[*selection.target];
      if (cell.empty() || cell == "?") {
        if (missing == Missing::error)
          fail_at({file, reader.line(), *selection.target},
                  "the target is missing (use --missing drop)");
        continue;
      }
      rows.targets.push_back(cell);
    }
    rows.features.insert(rows.features.end(), features.begin(), features.end());
    rows.lines.push_back(reader.line());
  }
  if (rows.lines.empty()) throw InputError(text(file.name, ": has no rows"));
  return rows;
}

/// Whether the target's cells are numbers, with perhaps some words among them that are mistakes.
bool is_numeric(const Rows& rows, const DelimitedOptions& options) {
  if (options.task == Task::regression && options.task_from == TaskFrom::user) return true;
  const auto is_number = [](std::string_view cell) { return parse_number(cell).has_value(); };
  const auto numbers = static_cast<std::size_t>(std::ranges::count_if(rows.targets, is_number));
  return options.task == Task::classification ? numbers == rows.targets.size()
                                              : 2 * numbers > rows.targets.size();
}

/// The numeric target, and the rows that have one.
struct Numbers {
  std::vector<double> values;
  std::vector<std::size_t> rows;
};

Numbers target_numbers(const File& file, const Rows& rows, std::size_t column, Missing missing) {
  Numbers numbers;
  for (std::size_t i = 0; i < rows.targets.size(); ++i) {
    const double number = number_at({file, rows.lines[i], column}, rows.targets[i], missing);
    if (std::isnan(number)) continue;
    numbers.values.push_back(number);
    numbers.rows.push_back(i);
  }
  if (numbers.rows.empty()) throw InputError(text(file.name, ": has no rows with a target"));
  return numbers;
}

Features features_of(const Rows& rows, std::size_t columns) {
  return Features(Tensor<float>({rows.lines.size(), columns}, rows.features));
}

}  // namespace

Dataset read_delimited(const std::filesystem::path& path, const DelimitedOptions& options) {
  const File file = open(path);
  const Selection selection = select_all(file, options.target, options.drop);
  const std::size_t target = *selection.target;
  RecordReader reader = rows_of(file);
  const Rows rows = read_rows(file, reader, selection, options.missing);

  Dataset dataset;
  dataset.name = file.name;
  for (const std::size_t column : selection.features)
    dataset.feature_names.push_back(file.column_names[column]);
  dataset.target_name = file.column_names[target];
  dataset.target_position = target;
  dataset.dropped = selection.dropped;
  dataset.named_columns = file.dialect.has_header;
  dataset.features = features_of(rows, selection.features.size());

  const std::string where = text(file.name, ": column '", dataset.target_name, "'");
  Targets targets;
  if (is_numeric(rows, options)) {
    const Numbers numbers = target_numbers(file, rows, target, options.missing);
    if (numbers.rows.size() < dataset.size()) dataset = dataset.subset(numbers.rows);
    targets = encode_numbers(numbers.values, options.task, where, options.task_from);
  } else {
    targets =
        encode_labels(std::vector<std::string>(rows.targets.begin(), rows.targets.end()), where);
  }
  dataset.task = targets.task;
  dataset.class_names = std::move(targets.class_names);
  dataset.targets = std::move(targets.values);
  return dataset;
}

Dataset read_delimited(const std::filesystem::path& path, const Schema& schema, TargetUse use,
                       Missing missing) {
  const File file = open(path);
  const Selection selection = schema.named_columns && file.dialect.has_header
                                  ? select_by_name(file, schema, use)
                                  : select_by_position(file, schema, use);
  const bool has_means = !schema.feature_means.empty();
  if (missing == Missing::mean && !has_means)
    throw InputError(text(file.name, ": the model knows no means to put for missing values (train ",
                          "it with --missing mean, or use --missing drop)"));
  const bool fill = has_means && missing != Missing::drop;
  RecordReader reader = rows_of(file);
  const Rows rows = read_rows(file, reader, selection, fill ? Missing::mean : missing);

  Dataset dataset;
  static_cast<Schema&>(dataset) = schema;
  dataset.name = file.name;
  dataset.features = features_of(rows, selection.features.size());
  if (fill) dataset = filled(dataset);
  if (!selection.target) return dataset;

  if (schema.task == Task::regression) {
    const Numbers numbers =
        target_numbers(file, rows, *selection.target, fill ? Missing::mean : missing);
    if (numbers.rows.size() < dataset.size()) dataset = dataset.subset(numbers.rows);
    dataset.targets = encode_numbers(numbers.values, Task::regression, file.name).values;
    return dataset;
  }
  const ClassIndex classes(schema.class_names);
  dataset.targets = Tensor<float>::uninitialized({rows.targets.size()});
  for (std::size_t i = 0; i < rows.targets.size(); ++i) {
    const auto index = classes.find(rows.targets[i]);
    if (!index)
      fail_at({file, rows.lines[i], *selection.target},
              text("the class '", shown(rows.targets[i]), "' is not one the model was trained with",
                   suggestion(rows.targets[i], schema.class_names)));
    dataset.targets[i] = *index;
  }
  return dataset;
}

}  // namespace ravine::data
