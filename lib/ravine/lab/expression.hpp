#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ravine/autograd/variable.hpp"
#include "ravine/lab/instruction.hpp"

namespace ravine::lab {

/// A function of w1, ..., wn that a person typed: `3*w1^2 + 10*w2^2`.
///
/// Operators as in mathematics: ^ binds tightest and to the right, then the sign (-w1^2 is
/// -(w1^2)), then * and /, then + and -. Numbers, parentheses, pi, e, and sin cos tan tanh exp log
/// sqrt abs of one argument.
class Expression {
 public:
  /// Throws InputError with the column, from 1, of what is wrong.
  explicit Expression(std::string_view text);

  /// n, the highest index of a variable in the text.
  std::size_t variables() const { return variables_; }
  /// The value, of rank 0, at the point w, [n]; gradients flow back into w. Throws ShapeError.
  Variable<double> operator()(const Variable<double>& w) const;
  /// The values at m points, [m], without gradients: `coordinates` are [n][m], all w1 first. Throws
  /// ShapeError.
  std::vector<double> at(std::span<const std::vector<double>> coordinates) const;

 private:
  Variable<double> run(std::span<const Variable<double>> coordinates) const;

  std::vector<Instruction> program_;
  std::size_t variables_;
};

}  // namespace ravine::lab
