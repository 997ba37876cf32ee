#include "ravine/report/free_memory.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "data/files.hpp"

namespace ravine::report {
namespace {

class FreeMemory : public testing::Test {
 protected:
  void write(const std::filesystem::path& name, const std::string& content) const {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    std::ofstream(folder_.path() / name) << content;
  }
  std::optional<std::size_t> found() const { return free_memory(folder_.path()); }

 private:
  data::testing::Folder folder_;
};

TEST_F(FreeMemory, IsWhatTheSystemSays) {
  EXPECT_EQ(found(), std::nullopt);
  write("proc/meminfo", "MemTotal:  100 kB\nMemFree:  10 kB\nMemAvailable:   50 kB\nX: 1\n");
  EXPECT_EQ(found(), 50U * 1024);
  write("proc/meminfo", "nothing of that kind");
  EXPECT_EQ(found(), std::nullopt);
}

TEST_F(FreeMemory, IsWhatAContainerHasLeft) {
  write("proc/meminfo", "MemAvailable: 50 kB\n");
  write("sys/fs/cgroup/memory.current", "1000\n");
  write("sys/fs/cgroup/memory.max", "max\n");
  EXPECT_EQ(found(), 50U * 1024);
  write("sys/fs/cgroup/memory.max", "5000\n");
  EXPECT_EQ(found(), 4000U);
  write("sys/fs/cgroup/memory.max", "500\n");
  EXPECT_EQ(found(), 0U);
  write("sys/fs/cgroup/memory.max", "999999999\n");
  EXPECT_EQ(found(), 50U * 1024);
}

TEST(FreeMemoryHere, IsSome) { EXPECT_GT(free_memory().value_or(1), 0U); }

}  // namespace
}  // namespace ravine::report
