#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::compare {

/// How points of a search space are chosen.
enum class Search {
  random,  ///< independent and uniform
  quasi,   ///< Halton's sequence (1960), shifted at random (Cranley and Patterson, 1976)
  grid,    ///< all combinations of evenly spaced values, in random order; then quasi-random ones
};
std::span<const std::string> search_names();  ///< in the order of the enum
std::string_view name_of(Search search);

/// `count` points of the unit cube [0, 1]^d, the same for the same seed. The first ones of a random
/// or quasi-random search are those of a shorter one.
std::vector<std::vector<double>> sample(Search search, std::size_t dimensions, std::size_t count,
                                        std::uint64_t seed);

}  // namespace ravine::compare
