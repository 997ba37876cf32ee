#include "ravine/report/fields.hpp"

#include <sstream>

#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {

std::string indented(const std::string& lines) {
  std::istringstream in(lines);
  std::string result;
  for (std::string line; std::getline(in, line);) result += "    " + line + '\n';
  return result;
}

std::string fields_text(const std::string& title, const std::vector<optim::FieldInfo>& fields) {
  if (fields.empty()) return "";
  Table table{.columns = {{title}, {"default"}, {"range"}, {"meaning"}}, .rows = {}};
  for (const optim::FieldInfo& field : fields)
    table.rows.push_back({std::string(field.name), text(field.standard), field.range,
                          field.alias.empty() ? std::string(field.help)
                                              : text(field.help, " (or ", field.alias, ")")});
  return aligned(table);
}

}  // namespace ravine::report
