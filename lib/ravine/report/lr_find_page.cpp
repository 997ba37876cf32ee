#include "ravine/report/lr_find_page.hpp"

#include "ravine/report/page.hpp"
#include "ravine/report/page_assets.hpp"

namespace ravine::report {

std::string lr_find_page(const RangeTest& test) {
  const std::string results = lr_find_json(test);
  return html_page({.title = "Learning-rate range test",
                    .summary = suggestion_text(test),
                    .script = page::lr_find_js,
                    .results = results});
}

}  // namespace ravine::report
