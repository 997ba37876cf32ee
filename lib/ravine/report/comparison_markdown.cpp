#include "ravine/report/comparison_markdown.hpp"

#include "ravine/report/comparison_facts.hpp"
#include "ravine/report/comparison_numbers.hpp"
#include "ravine/report/comparison_settings.hpp"
#include "ravine/report/comparison_table.hpp"
#include "ravine/report/comparison_words.hpp"
#include "ravine/report/one_line.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using compare::Comparison;
using compare::Standing;

/// Text in which nothing but `code` is Markdown, and no name breaks the line.
std::string markdown_escaped(std::string_view plain) {
  std::string result;
  bool in_code = false;
  for (const char c : one_line(plain)) {
    if (c == '`') in_code = !in_code;
    // In code a backslash would stand for itself.
    if (!in_code && (c == '\\' || c == '*' || c == '<' || c == '|')) result += '\\';
    result += c;
  }
  return result;
}

std::string row_text(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += text(" ", markdown_escaped(cell), " |");
  return line + '\n';
}

std::string table_text(const Table& table) {
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (const Column& column : table.columns) {
    titles.push_back(column.title);
    rules.emplace_back(column.align == Align::left ? "---" : "--:");
  }
  std::string lines = row_text(titles) + row_text(rules);
  for (const auto& row : table.rows) lines += row_text(row);
  return lines + '\n';
}

std::string section(const std::string& title, const std::string& content) {
  return content.empty() ? "" : text(title, "\n\n", content);
}

std::string paragraph(const std::vector<std::string>& sentences) {
  return markdown_escaped(joined(sentences, " ")) + "\n\n";
}

std::string items_text(const std::vector<std::string>& items) {
  std::string lines;
  for (const std::string& item : items) lines += text("- ", markdown_escaped(item), "\n");
  return lines.empty() ? "" : lines + '\n';
}

/// Of some runs of one setting.
void add_diverged(std::vector<std::string>& items, const std::string& whose,
                  const compare::FreshRuns& runs) {
  for (const compare::Run* run : runs.runs)
    if (run->status == train::Status::diverged)
      items.push_back(text(whose, ", seed ", run->key.seed, ": ", run->reason));
}

std::vector<std::string> diverged_items(const Comparison& comparison) {
  const std::vector<std::string> names = shown_names(comparison);
  std::vector<std::string> items;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Standing& standing = comparison.standings[i];
    const bool tuned = standing.tuned && standing.tuned->settings != standing.defaults.settings;
    if (tuned) add_diverged(items, names[i], *standing.tuned);
    add_diverged(items, names[i] + " at its defaults", standing.defaults);
    for (const compare::TrialResult& trial : standing.trials)
      if (trial.status == train::Status::diverged)
        items.push_back(text(names[i], ", trial of ",
                             trial.point.empty() ? "its defaults" : joined(trial.point, " ")));
  }
  return items;
}

std::string dataset_text(const Results& results, const Comparison& comparison) {
  const compare::Options& options = results.options;
  const Table pairs = pairs_table(comparison);
  const Table spaces = spaces_table(comparison, options);
  const bool alone = results.comparisons.size() == 1;
  return text(
      "## ", markdown_escaped(in_prose(comparison.facts.name)), "\n\n",
      paragraph({data_line(comparison.facts, options) + "."}),
      alone ? "" : paragraph(words_on(comparison, results)),
      table_text(standings_table(comparison, options)),
      paragraph(standings_legend(comparison, options)),
      section("### Differences, paired over the seeds",
              pairs.rows.empty()
                  ? ""
                  : table_text(pairs) +
                        "The intervals are each for itself, not for all pairs at once.\n\n"),
      section("### Searched", spaces.rows.empty() ? "" : table_text(spaces)),
      section("### Diverged", items_text(diverged_items(comparison))));
}

}  // namespace

std::string comparison_markdown(const Results& results) {
  std::vector<std::string> names;
  for (const Comparison& comparison : results.comparisons)
    names.push_back(in_prose(comparison.facts.name));
  std::string lines = text(
      "# Optimizers compared on ", markdown_escaped(listed(names)), "\n\n",
      paragraph(words_on(results)),
      items_text({protocol_line(results.options, results.comparisons), machine_line(results)}));
  for (const Comparison& comparison : results.comparisons)
    lines += dataset_text(results, comparison);
  lines.pop_back();
  return lines;
}

}  // namespace ravine::report
