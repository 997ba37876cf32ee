#include "ravine/lab/expression.hpp"

#include <utility>

#include "ravine/autograd/structure.hpp"
#include "ravine/lab/expression_parser.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

ShapeError wrong_size(std::size_t variables, std::size_t given) {
  return ShapeError(text("function: its highest variable is w", variables, ", but the point has ",
                         given, given == 1 ? " number" : " numbers", " (give ", variables, ")"));
}

}  // namespace

Expression::Expression(std::string_view text) {
  Program program = parse(text);
  program_ = std::move(program.instructions);
  variables_ = program.variables;
}

Variable<double> Expression::run(std::span<const Variable<double>> coordinates) const {
  Stack stack;
  for (const Instruction& instruction : program_) execute(instruction, coordinates, stack);
  return stack.back();
}

Variable<double> Expression::operator()(const Variable<double>& w) const {
  if (w.shape() != Shape{variables_}) throw wrong_size(variables_, w.value().size());
  std::vector<Variable<double>> coordinates;
  for (std::size_t i = 0; i < variables_; ++i)
    coordinates.push_back(reshape(slice(w, 0, i, i + 1), {}));
  return run(coordinates);
}

std::vector<double> Expression::at(std::span<const std::vector<double>> coordinates) const {
  if (coordinates.size() != variables_) throw wrong_size(variables_, coordinates.size());
  const std::size_t points = coordinates.empty() ? 1 : coordinates.front().size();
  std::vector<Variable<double>> columns;
  for (const std::vector<double>& column : coordinates) {
    if (column.size() != points)
      throw ShapeError(text("function: ", points, " points have a w1, but ", column.size(), " a w",
                            columns.size() + 1, " (give each point all of them)"));
    columns.emplace_back(Tensor<double>({points}, column));
  }
  const Variable<double> values = run(columns);
  // A function such as w1^0 has one value for all points.
  if (values.shape().rank() == 0) return std::vector<double>(points, values.item());
  return values.value().to_vector();
}

}  // namespace ravine::lab
