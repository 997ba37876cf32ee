#pragma once

#include <optional>
#include <span>
#include <vector>

namespace ravine::compare {

/// A performance profile (Dolan and Moré, 2002): the share of problems that a solver solves within
/// a factor of the fastest, at 1 and at every factor where that share changes.
struct Profile {
  std::vector<double> factor;  ///< rising, from 1
  std::vector<double> share;
};

/// costs[solver][problem], not negative, none for one not solved; every solver has all problems.
/// Problems that nobody solves count for all. What takes the fastest nothing takes others that pay
/// for it infinitely longer.
std::vector<Profile> performance_profiles(
    std::span<const std::vector<std::optional<double>>> costs);

}  // namespace ravine::compare
