#pragma once

#include <string_view>

// The parts of ravine's pages: the files of lib/ravine/report/page and the charting library, put
// into the program when it is built.

namespace ravine::report::page {

extern const std::string_view html;  ///< with {{places}} to fill
extern const std::string_view css;
extern const std::string_view vega_modules;
extern const std::string_view vega_js;
extern const std::string_view charts_js;
extern const std::string_view compare_js;
extern const std::string_view lr_find_js;
extern const std::string_view lab_js;

}  // namespace ravine::report::page
