#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/compare/sweep.hpp"
#include "ravine/report/comparison.hpp"
#include "ravine/report/journal_header.hpp"
#include "ravine/report/run_journal.hpp"

// The folder of a comparison: its runs, and what is said of them.

namespace ravine::report {

/// DIR/runs.jsonl, or DIR/runs-2-of-4.jsonl for a part of a sweep that is spread. Creates the
/// folder where there is none; throws InputError where it cannot be.
std::filesystem::path journal_path(const std::filesystem::path& folder,
                                   const std::optional<compare::Shard>& shard);

/// Throws InputError, naming what differs, where a journal of the folder, of whatever part, was
/// made with another header: runs of two sweeps would meet in one folder.
void check_all_same(const std::filesystem::path& folder, std::string_view header);

/// The runs of a sweep, or of a part of it.
struct SweptRuns {
  std::vector<compare::DataFacts> facts;
  compare::Runs runs;
  std::vector<MadeOn> made_on;  ///< each machine and number of jobs once
};

/// Joins all journals of a folder, which were made with these data and options, read so. Throws
/// InputError where there is none, where one was made with others, and where runs are missing.
SweptRuns merge(const std::filesystem::path& folder, const std::vector<std::string>& data,
                const compare::Options& options, const data::LoadOptions& reading);

/// Writes report.html, report.md, results.csv and results.json. Throws IoError.
void write_report(const std::filesystem::path& folder, const Results& results);

}  // namespace ravine::report
