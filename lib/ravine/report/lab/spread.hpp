#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ravine/report/figure.hpp"

// Of many, as many as a reader tells apart.

namespace ravine::report {

/// Of a line.
inline constexpr std::size_t most_drawn_steps = 1000;

/// 0, every n-th step and the last, where n is the least of 1, 2, 5, 10, 20, ... for which these
/// are no more than `most` and two.
std::vector<std::size_t> spread_steps(std::size_t last, std::size_t most = most_drawn_steps);

/// " Drawn: one step in 10."; empty where all steps are.
std::string stride_sentence(std::size_t last);

/// `value(step)` over those of the steps 0 to `last` that are drawn.
Series over_steps(const std::string& name, Mark mark, std::size_t last,
                  const std::function<double(std::size_t)>& value);
/// The same of `values`, one a step from 0 on; empty where there is none.
Series over_steps(const std::string& name, Mark mark, std::span<const double> values);

/// The indices of `count` things: all, or `most`, 2 or more, spread evenly from the first to the
/// last.
std::vector<std::size_t> spread_indices(std::size_t count, std::size_t most);

}  // namespace ravine::report
