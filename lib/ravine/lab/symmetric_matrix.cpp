#include "ravine/lab/symmetric_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/data/byte_reader.hpp"
#include "ravine/data/dialect.hpp"
#include "ravine/data/number.hpp"
#include "ravine/data/record_reader.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

constexpr double rounding = 1e-12;

/// A cell in quotes, unless it would spoil the line of a message.
std::string shown(std::string_view cell) {
  constexpr std::size_t longest = 40;
  const bool fits = cell.size() <= longest &&
                    std::ranges::all_of(cell, [](char c) { return c >= ' ' && c != '\x7f'; });
  return fits ? text("'", cell, "'") : "what stands there";
}

struct NumberTable {
  std::vector<double> numbers;
  std::size_t columns = 0;
  std::size_t rows = 0;
};

NumberTable read_table(const std::string& content, const std::string& name) {
  NumberTable result;
  data::RecordReader reader(content, data::find_dialect(content, name).delimiter, name);
  for (std::vector<std::string_view> cells; reader.next(cells); ++result.rows) {
    if (result.rows == 0) result.columns = cells.size();
    if (cells.size() != result.columns)
      throw InputError(text(name, ":", reader.line(), ": ", cells.size(),
                            " numbers, but the first row has ", result.columns,
                            " (each row needs as many as there are rows)"));
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto number = data::parse_number(cells[i]);
      if (!number)
        throw InputError(text(name, ":", reader.line(), ": column ", i + 1, ": ", shown(cells[i]),
                              " is not a number (a matrix has numbers alone, and no header)"));
      result.numbers.push_back(*number);
    }
  }
  if (result.rows == 0) throw InputError(text(name, ": has no rows"));
  return result;
}

}  // namespace

Tensor<double> read_symmetric_matrix(const std::filesystem::path& path) {
  const std::string name = path.string();
  const NumberTable read = read_table(data::read_text(path), name);
  const std::size_t n = read.rows;
  if (read.columns != n)
    throw InputError(text(name, ": ", n, n == 1 ? " row" : " rows", " of ", read.columns,
                          read.columns == 1 ? " number" : " numbers",
                          " are no square matrix (give as many rows as columns)"));
  Tensor<double> matrix({n, n}, read.numbers);
  const double largest =
      std::abs(*std::ranges::max_element(read.numbers, {}, [](double a) { return std::abs(a); }));
  for (std::size_t row = 0; row < n; ++row)
    for (std::size_t column = row + 1; column < n; ++column) {
      double& above = matrix[row * n + column];
      double& below = matrix[column * n + row];
      if (!(std::abs(above - below) <= rounding * largest))
        throw InputError(text(name, ": is not symmetric: row ", row + 1, ", column ", column + 1,
                              " is ", above, ", but row ", column + 1, ", column ", row + 1, " is ",
                              below, " (both must be the same)"));
      above = below = above / 2 + below / 2;
    }
  return matrix;
}

}  // namespace ravine::lab
