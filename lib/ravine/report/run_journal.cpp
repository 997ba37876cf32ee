#include "ravine/report/run_journal.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "ravine/report/journal_header.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    throw InputError(text(path.string(), ": cannot be read (it is a folder)"));
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string content{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw InputError(text(path.string(), ": cannot be read (", errno_text(), ")"));
  return content;
}

/// Without half a line at the end.
std::string_view whole_lines(std::string_view content) {
  return content.substr(0, content.rfind('\n') + 1);  // npos + 1 is 0
}

/// Of whole lines, at least one.
JournalContents contents_of(const fs::path& path, std::string_view lines) {
  std::vector<std::string_view> pieces = split(lines, '\n');
  pieces.pop_back();  // what comes after the last end
  JournalContents contents{.header = std::string(pieces.front())};
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    try {
      contents.runs.push_back(parse_record(pieces[i]));
    } catch (const InputError& error) {
      throw InputError(text(path.string(), ":", i + 1, ": ", error.what(),
                            " (take the line out to have its run made again)"));
    }
  }
  return contents;
}

}  // namespace

JournalContents read_journal(const fs::path& path) {
  const std::string content = content_of(path);
  const std::string_view lines = whole_lines(content);
  if (lines.empty())
    throw InputError(text(path.string(),
                          ": has no first line that says what the runs were made "
                          "with, as a journal of `ravine compare` does"));
  return contents_of(path, lines);
}

RunJournal::RunJournal(fs::path path, std::string_view header)
    : path_(std::move(path)),
      file_(open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) {
  if (file_ < 0) throw InputError(text(path_.string(), ": cannot be written (", errno_text(), ")"));
  try {
    // Where the file system has no locks, nothing keeps two processes apart.
    if (flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
      throw InputError(text(path_.string(),
                            ": another process is adding its runs (wait for its end, "
                            "or use another folder)"));
    go_on_with(content_of(path_), header);
  } catch (...) {
    close(file_);
    throw;
  }
}

RunJournal::~RunJournal() { close(file_); }

void RunJournal::go_on_with(const std::string& content, std::string_view header) {
  const std::string_view lines = whole_lines(content);
  if (lines.empty()) {
    // Whatever else it may be, it is not ours to cut off.
    if (!header.starts_with(content))
      throw InputError(text(path_.string(),
                            ": is no journal of `ravine compare` (use another "
                            "folder)"));
    cut_off_after(0);
    append(text(header, "\n"));
    header_ = header;
    return;
  }
  JournalContents found = contents_of(path_, lines);
  check_same_protocol(path_, header, found.header);
  if (lines.size() != content.size()) cut_off_after(lines.size());
  size_ = lines.size();
  header_ = std::move(found.header);
  earlier_ = std::move(found.runs);
}

void RunJournal::cut_off_after(std::size_t size) {
  if (ftruncate(file_, static_cast<off_t>(size)) != 0)
    throw IoError(
        text(path_.string(), ": could not be cut to its whole lines (", errno_text(), ")"));
}

void RunJournal::append(std::string_view line) {
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t written = write(file_, rest.data(), rest.size());
    if (written >= 0) {
      rest.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      const std::string why = errno_text();
      cut_off_after(size_);
      throw IoError(text(path_.string(), ": could not be written (", why, ")"));
    }
  }
  size_ += line.size();
}

void RunJournal::add(const RunRecord& record) { append(record_line(record)); }

}  // namespace ravine::report
