#include "page.hpp"

#include <algorithm>

#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "works.hpp"

namespace ravine::benchmarks {
namespace {

using report::Align;
using report::significant;

std::string number(double value) { return significant(value, 3); }

/// 0.21 us, 4.4 ms, 1.3 s.
std::string duration(double seconds) {
  if (seconds < 1e-3) return number(seconds * 1e6) + " us";
  if (seconds < 1) return number(seconds * 1e3) + " ms";
  return number(seconds) + " s";
}

/// Thousands of examples a second where a step has examples, otherwise the time it takes.
std::string speed(double seconds, std::size_t examples) {
  if (examples == 0) return duration(seconds);
  return report::fixed(static_cast<double>(examples) / seconds / 1e3, 1) + " k/s";
}

std::string ratio(const std::optional<double>& value) { return value ? number(*value) : ""; }

std::string megabytes(double bytes) { return report::fixed(bytes / 1e6, 0) + " MB"; }

std::string range(const Race::Result& result, std::size_t examples) {
  std::string ends[] = {speed(result.lowest_seconds(), examples),
                        speed(result.highest_seconds(), examples)};
  if (examples > 0) std::swap(ends[0], ends[1]);
  return ends[0] + " .. " + ends[1];
}

/// "W1, 2 threads".
std::string label(const Subject& subject) {
  if (subject.work == "threads") return subject.title;
  return subject.condition.empty() ? subject.work : subject.work + ", " + subject.condition;
}

bool is_training(const Race& race) {
  const std::string& work = race.subject().work;
  return work != "W4" && work != "W6" && work != "memory";
}

std::string markdown_row(const std::vector<std::string>& cells) {
  return "| " + joined(cells, " | ") + " |\n";
}

std::string markdown(const report::Table& table) {
  std::vector<std::string> titles;
  std::vector<std::string> rules;
  for (const report::Column& column : table.columns) {
    titles.push_back(column.title);
    rules.emplace_back(column.align == Align::right ? "---:" : "---");
  }
  std::string page = markdown_row(titles) + markdown_row(rules);
  for (const auto& row : table.rows) page += markdown_row(row);
  return page;
}

}  // namespace

Section goals_section(const std::vector<Goal>& goals) {
  Section section{
      .title = "Goals",
      .prose = "",
      .table = {.columns = {{"goal"}, {"measured", Align::right}, {"wanted", Align::right}, {""}},
                .rows = {}}};
  for (const Goal& goal : goals)
    section.table.rows.push_back(
        {goal.what, number(goal.measured) + goal.unit,
         (goal.at_least ? "at least " : "at most ") + number(goal.bound) + goal.unit,
         goal.reached() ? "reached" : "missed"});
  return section;
}

Section works_section(const std::vector<Race>& races) {
  Section section{
      .title = "Works",
      .prose = text("W1 is ", w1.title, "; W2 ", w2.title, "; W3 ", w3.title, "; W5 ", w5.title,
                    ". In examples a second, or the time of a step; `of floor` is the share of "
                    "the floor's speed, `ravine is` how many times as fast ravine was. The floor "
                    "of W1, W3 and W5 is the step's sgemm calls alone, that of W2 a bare loop. "
                    "Where no number of threads is given with the work, each program had the one "
                    "that suited it best."),
      .table = {.columns = {{"work"},
                            {"program"},
                            {"threads"},
                            {"median", Align::right},
                            {"range", Align::right},
                            {"of floor", Align::right},
                            {"ravine is", Align::right}},
                .rows = {}}};
  for (const Race& race : races) {
    if (!is_training(race)) continue;
    const Subject& subject = race.subject();
    for (const Race::Result& result : race.results()) {
      std::vector<std::string> row{label(subject), result.program};
      const auto median = result.median_seconds();
      if (!median) {
        row.insert(row.end(), {"failed", "", "", "", ""});
      } else {
        const auto against = [&](const std::string& program) -> std::optional<double> {
          if (!race.has(program)) return std::nullopt;
          return time_ratio(race.result(program), result);
        };
        const auto slower = against("ravine");
        row.insert(row.end(),
                   {result.way, speed(*median, subject.examples), range(result, subject.examples),
                    ratio(against("floor")), slower ? number(1 / *slower) + "x" : ""});
      }
      section.table.rows.push_back(std::move(row));
    }
  }
  return section;
}

Section updates_section(const std::vector<Race>& races) {
  Section section{
      .title = "Optimizers (W4)",
      .prose =
          "A step of the optimizer alone. The floor is a loop that reads and writes the same "
          "arrays: parameters, gradients, and the rule's state.",
      .table = {.columns = {{"rule"},
                            {"tensors"},
                            {"program"},
                            {"threads"},
                            {"median", Align::right},
                            {"range", Align::right},
                            {"time over the floor's", Align::right}},
                .rows = {}}};
  for (const Race& race : races) {
    const auto& [work, rule, tensors, examples] = race.subject();
    if (work != "W4") continue;
    for (const Race::Result& result : race.results())
      if (const auto median = result.median_seconds())
        section.table.rows.push_back({rule, tensors, result.program, result.way, duration(*median),
                                      range(result, 0),
                                      ratio(time_ratio(result, race.result("floor")))});
  }
  return section;
}

Section processes_section(const std::vector<Race>& races) {
  Section section{.title = "Processes",
                  .prose =
                      "W6 is a whole process: one epoch of W1, from its start to its end. All "
                      "read the same uncompressed files but for the row that says otherwise; "
                      "ravine evaluates on the test part too, the peers only train.",
                  .table = {.columns = {{"work"},
                                        {"program"},
                                        {"threads"},
                                        {"wall time", Align::right},
                                        {"range", Align::right},
                                        {"peak memory", Align::right}},
                            .rows = {}}};
  for (const Race& race : races) {
    const auto& [work, title, condition, examples] = race.subject();
    if (work != "W6" && work != "memory") continue;
    for (const Race::Result& result : race.results()) {
      const auto median = result.median_seconds();
      if (!median) continue;
      const bool timed = work == "W6";
      section.table.rows.push_back({work + ": " + title, result.program, result.way,
                                    timed ? duration(*median) : "", timed ? range(result, 0) : "",
                                    megabytes(result.median_peak_bytes())});
    }
    if (work == "memory")
      section.table.rows.push_back({work + ": " + title,
                                    "parameters, gradients, state, activations, data", "", "", "",
                                    megabytes(expected_bytes(large))});
  }
  return section;
}

std::string plain(const std::vector<Section>& sections) {
  std::string page;
  for (const Section& section : sections)
    if (!section.table.rows.empty())
      page += "\n== " + section.title + '\n' + report::aligned(section.table);
  return page;
}

std::string markdown(const std::vector<Section>& sections) {
  std::string page;
  for (const Section& section : sections) {
    if (section.table.rows.empty()) continue;
    page += "\n## " + section.title + "\n\n";
    if (!section.prose.empty()) page += section.prose + "\n\n";
    page += markdown(section.table);
  }
  return page;
}

}  // namespace ravine::benchmarks
