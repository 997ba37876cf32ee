#include "ravine/report/run_folder.hpp"

#include <cerrno>
#include <system_error>

#include "ravine/report/whole_file.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/model_file.hpp"

namespace ravine::report {
namespace {

namespace fs = std::filesystem;

constexpr const char* metrics_file = "metrics.jsonl";

[[noreturn]] void fail(const fs::path& folder, const std::error_code& error) {
  throw InputError(text(folder.string(), ": the run cannot be written there (", error.message(),
                        "); a folder, new or writable, is expected"));
}

}  // namespace

RunFolder::RunFolder(fs::path folder, std::string_view run_json) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) fail(folder_, error);
  errno = 0;
  metrics_.open(folder_ / metrics_file, std::ios::binary);
  if (!metrics_) fail(folder_, {errno, std::generic_category()});
  if (fs::exists(model())) fs::rename(model(), earlier_model(), error);
  if (error) fail(folder_, error);
  set_run(run_json);
}

void RunFolder::add_metrics(std::string_view line) {
  errno = 0;
  metrics_.write(line.data(), static_cast<std::streamsize>(line.size()));
  metrics_.flush();
  if (!metrics_)
    throw IoError(
        text((folder_ / metrics_file).string(), ": could not be written (", errno_text(), ")"));
}

void RunFolder::set_run(std::string_view run_json) {
  write_whole_file(folder_ / run_file_name, run_json);
}

fs::path RunFolder::model() const { return folder_ / train::model_file_name; }

fs::path RunFolder::earlier_model() const {
  fs::path path = model();
  return path += ".before";
}

}  // namespace ravine::report
