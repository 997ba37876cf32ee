#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

namespace ravine::report {

/// What a run was asked for and how it ended, in the run's folder.
inline constexpr const char* run_file_name = "run.json";

/// The folder that a run is written to: run.json, metrics.jsonl and, by others, the model.
class RunFolder {
 public:
  /// Creates the folder where there is none, and starts its files anew. The model of a run that was
  /// there before is not this one's: it is set aside, with ".before" at its name's end. Throws
  /// InputError for a folder that cannot be written.
  RunFolder(std::filesystem::path folder, std::string_view run_json);

  /// Adds a line, ended, to metrics.jsonl, where it can be read at once. Throws IoError.
  void add_metrics(std::string_view line);
  /// Replaces run.json. Throws IoError.
  void set_run(std::string_view run_json);
  std::filesystem::path model() const;

 private:
  std::filesystem::path earlier_model() const;

  std::filesystem::path folder_;
  std::ofstream metrics_;
};

}  // namespace ravine::report
