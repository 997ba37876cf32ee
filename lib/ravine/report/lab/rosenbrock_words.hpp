#pragma once

#include <string>

#include "ravine/lab/rosenbrock.hpp"

namespace ravine::report {

/// What the bound is, and how the rules stand to it: a paragraph a line.
std::string rosenbrock_words(const lab::Rosenbrock& result);

}  // namespace ravine::report
