#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ravine::house {

/// The functions that an object file for one instruction set offers to the linker under a name that
/// an object for another set may also define. The linker keeps one of them for all callers: with
/// AVX-512 in it, a processor without would stop on it. `listing` is what `nm --demangle` prints;
/// a function of our own passes where its name carries the tag `ravine::simd::LEVEL`.
std::vector<std::string> shared_functions(std::string_view listing, std::string_view level);

}  // namespace ravine::house
