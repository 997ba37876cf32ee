#pragma once

#include <span>
#include <string>

#include "ravine/lab/surfaces.hpp"

namespace ravine::report {

/// What `ravine lab surfaces` prints: a line a surface.
std::string surface_list(std::span<const lab::Surface> surfaces);
/// What `ravine lab surfaces NAME` prints, with a command to try.
std::string surface_page(const lab::Surface& surface);
/// The same as JSON: of all surfaces, or of one.
std::string surfaces_json(std::span<const lab::Surface> surfaces);

}  // namespace ravine::report
