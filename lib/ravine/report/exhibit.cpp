#include "ravine/report/exhibit.hpp"

#include <nlohmann/json.hpp>

#include "ravine/report/csv.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/report/page.hpp"
#include "ravine/report/page_assets.hpp"
#include "ravine/report/wrapped.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

Json table_json(const TitledTable& titled) {
  Json columns = Json::array();
  for (const Column& column : titled.table.columns)
    columns.push_back({{"title", column.title}, {"text", column.align == Align::left}});
  return {{"title", titled.title}, {"columns", columns}, {"rows", titled.table.rows}};
}

}  // namespace

std::string exhibit_text(const Exhibit& exhibit) {
  std::string lines;
  for (const auto& [title, table] : exhibit.tables) {
    if (!title.empty()) lines += title + "\n\n";
    lines += aligned(table) + '\n';
  }
  std::vector<std::string> findings;
  for (const std::string_view line : split(exhibit.findings, '\n'))
    if (!line.empty()) findings.emplace_back(line);
  return lines + wrapped(findings);
}

std::string exhibit_csv(const Exhibit& exhibit) {
  std::vector<std::string> header;
  for (const Column& column : exhibit.csv.columns) header.push_back(column.title);
  std::string lines = csv_line(header);
  for (const std::vector<std::string>& row : exhibit.csv.rows) lines += csv_line(row);
  return lines;
}

std::string exhibit_page(const Exhibit& exhibit) {
  Json tables = Json::array();
  for (const TitledTable& titled : exhibit.tables) tables.push_back(table_json(titled));
  // The figures are JSON already, and too long to read and write again.
  std::string results = document(Json{{"version", version}, {"tables", tables}});
  results.erase(results.rfind('}'));
  results += ",\"figures\":" + figures_json(exhibit.figures) + "}";
  return html_page({.title = exhibit.title,
                    .subtitle = exhibit.tables.empty() ? "" : exhibit.tables.front().title,
                    .summary = exhibit.findings,
                    .script = page::lab_js,
                    .results = results});
}

}  // namespace ravine::report
