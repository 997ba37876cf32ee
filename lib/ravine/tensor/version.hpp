#pragma once

namespace ravine {

/// Of these headers; CMakeLists.txt reads it here.
inline constexpr const char* version = "0.1.0";

}  // namespace ravine
