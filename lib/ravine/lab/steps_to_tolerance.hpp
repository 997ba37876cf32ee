#pragma once

#include <cstddef>
#include <optional>

#include "ravine/lab/modes.hpp"

namespace ravine::lab {

/// Momentum's error need not fall every step, so that its steps are looked at one by one; up to so
/// many.
inline constexpr std::size_t most_predicted_momentum_steps = 10'000'000;

/// The first k with f(w^k) - f(w*) <= tolerance, by the closed form of modes.hpp; none where there
/// is none.
std::optional<std::size_t> steps_to_tolerance(const Modes& modes, const MomentumSettings& settings,
                                              double tolerance);

}  // namespace ravine::lab
