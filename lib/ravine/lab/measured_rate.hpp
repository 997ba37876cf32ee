#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace ravine::lab {

/// Updates that a rate is measured from: with fewer, the recurrence has not two rows.
inline constexpr std::size_t least_steps_of_a_rate = 3;

/// By how much a component of a run shrinks a step in the long run, read off the run's positions
/// and nothing else.
///
/// The recurrence x_(k+1) = a x_k - b x_(k-1) that fits the positions best (Prony, 1795, "Essai
/// experimental et analytique"; least squares, each row in units of its three positions) has two
/// modes, the roots of s^2 - a s + b; the rate is the larger one in size. Where the positions show
/// one mode alone, as those of plain gradient descent, the smallest a and b that fit are taken: the
/// other root s2 of these is smaller, s2 = -s1 / (1 + s1^2).
///
/// `components` is x after 0, 1, 2, ... steps and `sizes` the size of all of w, which sets the
/// rounding: rows count up to where x is lost in it. None for fewer than `least_steps_of_a_rate`,
/// and where x is lost from the start. Two equal roots are told apart by the root of the rounding.
std::optional<double> measured_rate(std::span<const double> components,
                                    std::span<const double> sizes);

}  // namespace ravine::lab
