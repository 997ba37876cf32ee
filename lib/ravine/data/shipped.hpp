#pragma once

#include "ravine/data/catalog.hpp"

// The library knows the data of the checkout it was built in. An installation has its own and may
// have moved since: its CMake target tells their folder to the program that links it.

namespace ravine::data {

#ifdef RAVINE_SHIPPED_DATA_DIR
/// Told to the library before main starts.
inline const bool shipped_directory_is_known =
    (set_shipped_directory(RAVINE_SHIPPED_DATA_DIR), true);
#endif

}  // namespace ravine::data
