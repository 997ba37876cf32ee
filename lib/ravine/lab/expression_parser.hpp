#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "ravine/lab/instruction.hpp"

namespace ravine::lab {

/// An expression's instructions in postfix order, constant parts worked out, and the highest index
/// of its variables.
struct Program {
  std::vector<Instruction> instructions;
  std::size_t variables = 0;
};

/// Reads an expression as `Expression` describes it. Length, depth and the variables' indices are
/// bounded, so that no text exhausts stack or memory. Throws InputError.
Program parse(std::string_view text);

}  // namespace ravine::lab
