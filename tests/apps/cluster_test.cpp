#include <cstdlib>

#include "apps/command.hpp"

// Sweeps spread by programs that people spread work with; what docs/compare.md shows.

namespace ravine::apps {
namespace {

using data::testing::content_of;
namespace fs = std::filesystem;

/// Whether a program is installed; where the variable CI is set, it is a failure if not.
bool is_installed(const std::string& program, const std::string& package) {
  const bool there =
      test::run_process("/bin/sh", {"-c", "PATH=$PATH:/usr/sbin; command -v " + program}).status ==
      0;
  if (!there && std::getenv("CI") != nullptr)
    ADD_FAILURE() << program << " (Debian: " << package << ") is not there, and CI is set";
  return there;
}

const std::string sweep =
    "--data iris --optimizers sgd,adam,rmsprop --hidden 8 --epochs 2 --trials 3 --seeds 2";

Json results_in(const fs::path& folder) {
  return without_times(Json::parse(content_of(folder / "results.json")));
}

Json whole_results() {
  const Folder folder;
  EXPECT_EQ(ravine(words("compare " + sweep, {"--report", folder.path().string()})).status, 0);
  return results_in(folder.path());
}

Json merged_results(const fs::path& folder) {
  const Process merge = ravine(words("compare --merge " + sweep, {"--report", folder.string()}));
  EXPECT_EQ(merge.status, 0) << merge.err;
  return results_in(folder);
}

TEST(Cluster, SlurmDoesASweepAsAJobArray) {
  if (!is_installed("slurmctld", "slurm-wlm")) GTEST_SKIP() << "Slurm (slurm-wlm) is not installed";
  const Folder folder;
  const std::string here = folder.path().string();
  const std::string command = "export PATH=$PATH:/usr/sbin RAVINE='" RAVINE_COMMAND "'; cd '" +
                              here + "' && '" RAVINE_TEST_DATA "/apps/slurm/one_machine.sh' '" +
                              here +
                              "/slurm' timeout 120 sbatch --wait --array=1-3 '" RAVINE_SOURCE_DIR
                              "/docs/cluster/compare.slurm' " +
                              sweep + " --report '" + here + "/report'";
  const Process array = test::run_process("/bin/bash", {"-c", command});
  if (array.status == 77 && std::getenv("CI") == nullptr) GTEST_SKIP() << array.err;
  EXPECT_EQ(array.status, 0) << array.out << array.err
                             << content_of(folder.path() / "slurm" / "slurmctld.log");
  for (const char* part : {"runs-1-of-3.jsonl", "runs-2-of-3.jsonl", "runs-3-of-3.jsonl"})
    EXPECT_TRUE(fs::exists(folder.path() / "report" / part)) << part;
  EXPECT_EQ(merged_results(folder.path() / "report"), whole_results());
}

TEST(Cluster, GnuParallelDoesASweepInProcesses) {
  if (!is_installed("parallel", "parallel")) GTEST_SKIP() << "GNU parallel is not installed";
  const Folder folder;
  const Process parts =
      test::run_process("/bin/sh", {"-c", "parallel --will-cite '" RAVINE_COMMAND "' compare " +
                                              sweep + " --quiet --jobs 1 --report '" +
                                              folder.path().string() + "' --shard {}/3 ::: 1 2 3"});
  EXPECT_EQ(parts.status, 0) << parts.err;
  EXPECT_EQ(merged_results(folder.path()), whole_results());
}

}  // namespace
}  // namespace ravine::apps
