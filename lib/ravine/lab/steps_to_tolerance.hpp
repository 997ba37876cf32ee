#pragma once

#include <cstddef>
#include <optional>

#include "ravine/lab/modes.hpp"

namespace ravine::lab {

/// Momentum's error need not fall every step, so that its steps are looked at one by one; up to so
/// many, whatever the modes.
inline constexpr std::size_t most_predicted_momentum_steps = 10'000'000;

/// Where a component does not shrink the error may be small for a while: so many steps are looked
/// at.
inline constexpr std::size_t steps_looked_at_without_shrinking = 4096;

/// Up to so many of these modes: fewer where there are many, which bounds the work to some seconds.
std::size_t momentum_steps_looked_at(const Modes& modes);

/// The first k with f(w^k) - f(w*) <= tolerance, as the closed form of modes.hpp has it; none where
/// there is none among the steps that are looked at. Components that start at 0 stay there.
std::optional<std::size_t> steps_to_tolerance(const Modes& modes, const MomentumSettings& settings,
                                              double tolerance);

}  // namespace ravine::lab
