#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ravine/autograd/variable.hpp"

namespace ravine::lab {

/// One coordinate of the point, counted from 0: w1 is coordinate 0.
struct Coordinate {
  std::size_t index;
};
using Unary = Variable<double> (*)(const Variable<double>&);
using Binary = Variable<double> (*)(const Variable<double>&, const Variable<double>&);

/// A step of a program in postfix order, that is, of an expression's tree with operands before
/// operators: a number and a coordinate put one value on the stack, a function takes its operands
/// off and puts its result on.
using Instruction = std::variant<double, Coordinate, Unary, Binary>;
using Stack = std::vector<Variable<double>>;

/// How many values the instruction takes off the stack.
std::size_t operands_of(const Instruction& instruction);
/// `coordinates` are w1, ..., wn: a single number each, or one a point, [m].
void execute(const Instruction& instruction, std::span<const Variable<double>> coordinates,
             Stack& stack);

/// a^b. Whole constant b by repeated multiplication, which has a gradient at 0 and for negative a.
Variable<double> power(const Variable<double>& a, const Variable<double>& b);

/// The function, or null for a name that is none.
Unary function_named(std::string_view name);
/// The constant, or null for a name that is none.
const double* constant_named(std::string_view name);
/// Every name that may stand in an expression; w1 stands for all variables.
std::span<const std::string> known_names();

}  // namespace ravine::lab
