#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "options.hpp"

namespace ravine::apps {

/// What every subcommand takes.
struct Common {
  std::size_t threads = 1;  // compute threads in all
  std::optional<std::uint64_t> seed = {};
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  std::filesystem::path data_dir = {};
  std::vector<std::filesystem::path> plugins = {};
};

inline constexpr std::uint64_t default_seed = 0;
inline constexpr std::size_t most_threads = 1024;

/// A subcommand, or a group of them. `run` returns the exit status.
struct Subcommand {
  std::string name;
  std::string summary;
  std::function<void(Options&)> declare = {};
  std::function<int()> run = {};
  std::vector<Subcommand> children = {};
};

/// What a command line asks for: a page to print (--help, --version), or a subcommand to run.
struct Request {
  std::string page;
  std::function<int()> run;
};

/// Reads a command line into `common` and into what the subcommands bound. Throws InputError,
/// offering the nearest option or subcommand for one that is not known.
Request read_command_line(int argc, const char* const* argv, Common& common,
                          const std::vector<Subcommand>& subcommands);

}  // namespace ravine::apps
