#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/report/run_record.hpp"

namespace ravine::report {

/// In the folder of a comparison.
inline constexpr const char* journal_file_name = "runs.jsonl";

/// What a journal holds.
struct JournalContents {
  std::string header;  ///< as `journal_header` makes it
  std::vector<RunRecord> runs = {};
};

/// Reads a journal. A last line without an end is left out: who wrote it was stopped in the middle.
/// Throws InputError for a file that cannot be read, has no first line, or has a line that is not a
/// run.
JournalContents read_journal(const std::filesystem::path& path);

/// The runs of a comparison on disk, for one process at a time: each is there as soon as it is
/// done, and those that are there need not be made again.
class RunJournal {
 public:
  /// Begins a journal, or goes on with one that has the same header; half a line at its end is cut
  /// off. Throws InputError as `read_journal` and `check_same_protocol`, where another process is
  /// adding to the journal, and for a file that cannot be written.
  RunJournal(std::filesystem::path path, std::string_view header);
  ~RunJournal();
  RunJournal(const RunJournal&) = delete;
  RunJournal& operator=(const RunJournal&) = delete;

  /// What the journal begins with: another process may have written it, elsewhere.
  const std::string& header() const { return header_; }
  /// The runs that were there.
  const std::vector<RunRecord>& earlier() const { return earlier_; }
  /// Adds a line, at once. Throws IoError, with the lines before it as they were.
  void add(const RunRecord& record);

 private:
  void go_on_with(const std::string& content, std::string_view header);
  void cut_off_after(std::size_t size);
  void append(std::string_view line);

  std::filesystem::path path_;
  int file_;
  std::size_t size_ = 0;
  std::string header_;
  std::vector<RunRecord> earlier_;
};

}  // namespace ravine::report
