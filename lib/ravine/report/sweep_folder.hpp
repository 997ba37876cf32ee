#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ravine/compare/sweep.hpp"
#include "ravine/report/comparison.hpp"
#include "ravine/report/run_journal.hpp"

// The folder of a comparison: its runs, and what is said of them.

namespace ravine::report {

/// DIR/runs.jsonl, or DIR/runs-2-of-4.jsonl for a part of a sweep that is spread. Creates the
/// folder where there is none; throws InputError where it cannot be.
std::filesystem::path journal_path(const std::filesystem::path& folder,
                                   const std::optional<compare::Shard>& shard);

/// What the journals of a folder hold together.
struct MergedRuns {
  std::vector<compare::DataFacts> facts;
  compare::Runs runs;
};

/// Joins all journals of a folder, which were made with these data and options. Throws InputError
/// where there is none, where one was made with others, and where runs are missing.
MergedRuns merge(const std::filesystem::path& folder, const std::vector<std::string>& data,
                 const compare::Options& options);

/// Writes report.html, report.md, results.csv and results.json. Throws IoError.
void write_report(const std::filesystem::path& folder, const Results& results);

}  // namespace ravine::report
