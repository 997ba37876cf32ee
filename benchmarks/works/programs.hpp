#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "race.hpp"

namespace ravine::benchmarks {

/// Another library, as a program of ../peers that does jobs (../job.hpp).
struct Peer {
  std::string name;
  std::vector<std::string> command;
  std::vector<Way> ways;
  bool regresses;  ///< does the work of linear regression
  bool updates;    ///< does the optimizer alone
  std::string version = {};
};

/// Where the programs are, and what there is to measure beside ravine.
struct Programs {
  std::vector<std::string> ravine, floor, command;  ///< command: the `ravine` of the terminal
  std::vector<Peer> peers;                          ///< those that are here
  std::vector<std::string> left_out;                ///< names of those that are not
};

/// Looks beside this program. `cores` is the number of threads that all may use.
Programs find_programs(const std::filesystem::path& folder, std::size_t cores);

/// Ways of a program that is told its threads and ignores the environment.
std::vector<Way> ways_of_ours(std::size_t cores);

}  // namespace ravine::benchmarks
