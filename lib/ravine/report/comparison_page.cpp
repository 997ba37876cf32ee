#include "ravine/report/comparison_page.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/page.hpp"
#include "ravine/report/page_assets.hpp"

namespace ravine::report {

std::string comparison_page(std::string_view results_json) {
  const auto results = nlohmann::json::parse(results_json);
  Page page{.title = "Optimizers compared",
            .summary = results.at("summary"),
            .script = page::compare_js,
            .results = results_json};
  for (const auto& data : results.at("data")) {
    PageSection section{.heading = data.at("name"), .text = data.at("summary")};
    // What one dataset comes to may be all that there is to say.
    if (page.summary.find(section.text) != std::string::npos) section.text.clear();
    page.sections.push_back(std::move(section));
  }
  return html_page(page);
}

}  // namespace ravine::report
