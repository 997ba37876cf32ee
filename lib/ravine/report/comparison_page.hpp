#pragma once

#include <string>
#include <string_view>

namespace ravine::report {

/// The report of a comparison as one HTML file, of what `ravine compare --json` prints.
std::string comparison_page(std::string_view results_json);

}  // namespace ravine::report
