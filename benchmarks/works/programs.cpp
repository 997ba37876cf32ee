#include "programs.hpp"

namespace ravine::benchmarks {
namespace {

/// Threads of a library's own and of OpenBLAS below it are two pools, and collide.
Way two_pools(std::size_t threads, std::size_t blas_threads) {
  std::string label = std::to_string(threads) + (threads == 1 ? " thread" : " threads");
  if (threads != blas_threads) label += ", BLAS " + std::to_string(blas_threads);
  return {.label = std::move(label),
          .threads = threads,
          .environment = {{"OMP_NUM_THREADS", std::to_string(threads)},
                          {"OPENBLAS_NUM_THREADS", std::to_string(blas_threads)}}};
}

}  // namespace

std::vector<Way> ways_of_ours(std::size_t cores) {
  std::vector<Way> ways{{.label = "1 thread", .threads = 1}};
  if (cores > 1) ways.push_back({.label = std::to_string(cores) + " threads", .threads = cores});
  return ways;
}

Programs find_programs(const std::filesystem::path& folder, std::size_t cores) {
  Programs programs{.ravine = {folder / "benchmark_ravine"},
                    .floor = {folder / "benchmark_floor"},
                    .command = {folder / "ravine"},
                    .peers = {},
                    .left_out = {}};
  std::vector<Way> torch_ways{two_pools(1, 1)};
  std::vector<Way> blas_ways{two_pools(1, 1)};
  if (cores > 1) {
    torch_ways.push_back(two_pools(1, cores));
    torch_ways.push_back(two_pools(cores, 1));
    blas_ways.push_back(two_pools(1, cores));
  }
  const std::filesystem::path scripts = RAVINE_PEERS_DIR;
  // Debian's packages are for Debian's interpreter, which need not be the first in PATH.
  const std::string python = "/usr/bin/python3";
  for (Peer peer : {Peer{.name = "libtorch",
                   .command = {folder / "benchmark_libtorch"},
                   .ways = torch_ways,
                   .regresses = true,
                   .updates = true},
                    Peer{.name = "PyTorch",
                    .command = {python, scripts / "torch_works.py"},
                    .ways = torch_ways,
                    .regresses = true,
                    .updates = true},
                    Peer{.name = "dlib",
                    .command = {folder / "benchmark_dlib"},
                    .ways = blas_ways,
                    .regresses = true,
                    .updates = false},
                    Peer{.name = "scikit-learn",
                    .command = {python, scripts / "scikit_learn_works.py"},
                    .ways = blas_ways,
                    .regresses = false,
                    .updates = false}}) {
    std::vector<std::string> command = peer.command;
    command.emplace_back("version");
    const Ended version = run(command);
    if (version.status != 0) {
      programs.left_out.push_back(peer.name);
      continue;
    }
    peer.version = version.out.substr(0, version.out.find('\n'));
    programs.peers.push_back(std::move(peer));
  }
  return programs;
}

}  // namespace ravine::benchmarks
