#include "ravine/report/sweep_folder.hpp"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "ravine/report/comparison_csv.hpp"
#include "ravine/report/comparison_json.hpp"
#include "ravine/report/comparison_markdown.hpp"
#include "ravine/report/comparison_page.hpp"
#include "ravine/report/journal_header.hpp"
#include "ravine/report/run_record.hpp"
#include "ravine/report/whole_file.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view journal_begin = "runs";
constexpr std::string_view journal_end = ".jsonl";

bool is_journal(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(journal_begin) && name.ends_with(journal_end);
}

/// In the order of their names; none of a folder that is not there.
std::vector<fs::path> journals_of(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> journals;
  if (!fs::exists(folder, error)) return journals;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
    if (is_journal(entry.path())) journals.push_back(entry.path());
  if (error) throw InputError(text(folder.string(), ": cannot be read (", error.message(), ")"));
  std::ranges::sort(journals);
  return journals;
}

/// The optimizers that lack runs, each with its data.
std::vector<std::string> missing_from(const SweptRuns& merged, const compare::Options& options) {
  std::vector<std::string> missing;
  const std::size_t contenders = options.contenders.size();
  for (std::size_t entry = 0; entry < merged.runs.size(); ++entry)
    if (compare::missing_runs(merged.facts, options, {.index = entry, .of = merged.runs.size()},
                              merged.runs) != 0)
      missing.push_back(text(options.contenders[entry % contenders], " on ",
                             merged.facts[entry / contenders].name));
  return missing;
}

}  // namespace

fs::path journal_path(const fs::path& folder, const std::optional<compare::Shard>& shard) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    throw InputError(text(folder.string(), ": the report cannot be written there (",
                          error.message(), "); a folder, new or writable, is expected"));
  const std::string part = shard ? text("-", shard->index + 1, "-of-", shard->of) : "";
  return folder / text(journal_begin, part, journal_end);
}

void check_all_same(const fs::path& folder, std::string_view header) {
  for (const fs::path& path : journals_of(folder)) {
    // Another part may have been begun this very moment, and have no line yet.
    std::ifstream in(path, std::ios::binary);
    std::string found;
    if (std::getline(in, found) && !in.eof()) check_same_protocol(path, header, found);
  }
}

SweptRuns merge(const fs::path& folder, const std::vector<std::string>& data,
                const compare::Options& options, const data::LoadOptions& reading) {
  SweptRuns merged;
  std::vector<RunRecord> records;
  const std::vector<fs::path> journals = journals_of(folder);
  if (journals.empty())
    throw InputError(text(folder.string(),
                          ": has no runs to merge (run the parts first, each with "
                          "--shard I/N and this --report)"));
  for (const fs::path& path : journals) {
    JournalContents contents = read_journal(path);
    if (merged.facts.empty()) {
      merged.facts = facts_of_header(path, contents.header);
      if (names_of(merged.facts) != data)
        throw InputError(text(path.string(), ": was made with --data ",
                              joined(names_of(merged.facts)), ", not ", joined(data)));
    }
    const MadeOn made_on = made_on_of_header(path, contents.header);
    check_same_protocol(path, journal_header(options, reading, merged.facts, made_on),
                        contents.header);
    const auto is_it = [&](const MadeOn& other) { return made_on.is_like(other); };
    if (std::ranges::none_of(merged.made_on, is_it)) merged.made_on.push_back(made_on);
    std::ranges::move(contents.runs, std::back_inserter(records));
  }
  merged.runs = runs_of_entries(records, merged.facts, options.contenders);
  const std::vector<std::string> missing = missing_from(merged, options);
  if (!missing.empty())
    throw InputError(text(folder.string(), ": runs are missing, of ", joined(missing),
                          " (finish every part with --shard I/N first)"));
  return merged;
}

void write_report(const fs::path& folder, const Results& results) {
  const std::string json = comparison_json(results);
  write_whole_file(folder / "results.json", json);
  write_whole_file(folder / "results.csv", comparison_csv(results));
  write_whole_file(folder / "report.md", comparison_markdown(results));
  write_whole_file(folder / "report.html", comparison_page(json));
}

}  // namespace ravine::report
