#pragma once

#include <cstddef>
#include <string_view>

namespace ravine::data {

/// How many bytes there are before the first that is not UTF-8 as RFC 3629 has it; all of them
/// where there is none.
std::size_t valid_utf8_prefix(std::string_view text);

}  // namespace ravine::data
