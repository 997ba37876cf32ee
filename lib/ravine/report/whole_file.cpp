#include "ravine/report/whole_file.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

namespace fs = std::filesystem;

bool is_special(const fs::path& path) {
  std::error_code ignored;
  const fs::file_status status = fs::status(path, ignored);
  return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

fs::path part_of(const fs::path& path) {
  fs::path part = path;
  return part += ".part";
}

}  // namespace

void require_writable(const fs::path& path) {
  if (is_special(path)) return;
  if (std::error_code ignored; fs::is_directory(path, ignored))
    throw InputError(text(path.string(), ": is a folder; the name of a file is expected"));
  const fs::path part = part_of(path);
  errno = 0;
  if (!std::ofstream(part, std::ios::binary))
    throw InputError(text(path.string(), ": cannot be written (", errno_text(), ")"));
  fs::remove(part);
}

void write_whole_file(const fs::path& path, std::string_view content) {
  const bool in_place = is_special(path);
  const fs::path target = in_place ? path : part_of(path);
  errno = 0;
  std::ofstream out(target, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  std::error_code failure;
  if (!out) failure = {errno == 0 ? EIO : errno, std::generic_category()};
  if (!failure && !in_place) fs::rename(target, path, failure);
  if (!failure) return;
  if (std::error_code ignored; !in_place) fs::remove(target, ignored);
  throw IoError(text(path.string(), ": could not be written (", failure.message(), ")"));
}

}  // namespace ravine::report
