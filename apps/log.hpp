#pragma once

#include <string_view>

// One line each on stderr. What would break the line or the terminal is shown as `?`.

namespace ravine::apps::log {

/// To be called once, first.
void start();
void show_details();
/// Shown after `show_details`.
void detail(std::string_view message);
void warning(std::string_view message);
/// `ravine: error: message`.
void error(std::string_view message);

}  // namespace ravine::apps::log
