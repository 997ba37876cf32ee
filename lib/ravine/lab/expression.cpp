#include "ravine/lab/expression.hpp"

#include <utility>

#include "ravine/autograd/structure.hpp"
#include "ravine/lab/expression_parser.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {

Expression::Expression(std::string_view text) {
  Program program = parse(text);
  program_ = std::move(program.instructions);
  variables_ = program.variables;
}

Variable<double> Expression::operator()(const Variable<double>& w) const {
  if (w.shape() != Shape{variables_})
    throw ShapeError(text("function: its highest variable is w", variables_, ", but the point has ",
                          w.value().size(), w.value().size() == 1 ? " number" : " numbers",
                          " (give ", variables_, ")"));
  Stack coordinates;
  for (std::size_t i = 0; i < variables_; ++i)
    coordinates.push_back(reshape(slice(w, 0, i, i + 1), {}));
  Stack stack;
  for (const Instruction& instruction : program_) execute(instruction, coordinates, stack);
  return stack.back();
}

}  // namespace ravine::lab
