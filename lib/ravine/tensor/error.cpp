#include "ravine/tensor/error.hpp"

#include <cerrno>
#include <system_error>

namespace ravine {

std::string errno_text() { return std::error_code(errno, std::generic_category()).message(); }

}  // namespace ravine
