#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "data/files.hpp"
#include "support/process.hpp"

// What the pages show is run: every command of a console block, in order, and every piece of C++
// stands in a file that is compiled.

namespace ravine {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> pages() {
  const fs::path root = RAVINE_SOURCE_DIR;
  std::vector<fs::path> result{root / "README.md"};
  for (const auto& entry : fs::directory_iterator(root / "docs"))
    if (entry.path().extension() == ".md") result.push_back(entry.path());
  return result;
}

/// What stands between "```language" and "```".
std::vector<std::string> blocks(const fs::path& page, const std::string& language) {
  std::vector<std::string> result;
  std::istringstream lines(data::testing::content_of(page));
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (inside && line == "```")
      inside = false;
    else if (inside)
      result.back() += line + '\n';
    else if (line == "```" + language)
      inside = true, result.emplace_back();
  }
  return result;
}

/// The commands of the console blocks of a page: the lines after a "$".
std::vector<std::string> commands(const fs::path& page) {
  std::vector<std::string> result;
  for (const std::string& block : blocks(page, "console")) {
    std::istringstream lines(block);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("$ ")) result.push_back(line.substr(2));
  }
  return result;
}

std::string without_space(std::string text) {
  std::erase_if(text, [](unsigned char c) { return std::isspace(c) != 0; });
  return text;
}

TEST(Documentation, EveryCommandWorks) {
  const fs::path bin = fs::path(RAVINE_COMMAND).parent_path();
  std::size_t count = 0;
  for (const fs::path& page : pages()) {
    const data::testing::Folder folder;
    fs::create_directory_symlink(fs::path(RAVINE_SOURCE_DIR) / "docs", folder.path() / "docs");
    for (const std::string& command : commands(page)) {
      const auto done =
          test::run_process("/bin/sh", {"-c", "cd '" + folder.path().string() + "' && PATH='" +
                                                  bin.string() + ":'$PATH && " + command});
      EXPECT_EQ(done.status, 0) << page << ": " << command << '\n' << done.err;
      ++count;
    }
  }
  EXPECT_GT(count, 6U);  // they were found
}

/// The line that tells of training ends with the seconds it took.
std::string without_time(const std::string& line) {
  return line.starts_with("training ") ? line.substr(0, line.rfind(',')) : line;
}

TEST(Documentation, WhatTrainingIsSaidToPrintItPrints) {
  // The first command of the README, with its output but for the time it took.
  std::set<std::string> expected;
  std::istringstream block(blocks(fs::path(RAVINE_SOURCE_DIR) / "README.md", "console").front());
  for (std::string line; std::getline(block, line);) expected.insert(without_time(line));
  const std::string command = commands(fs::path(RAVINE_SOURCE_DIR) / "README.md").front();
  const fs::path bin = fs::path(RAVINE_COMMAND).parent_path();
  const auto done = test::run_process(
      "/bin/sh", {"-c", "PATH='" + bin.string() + ":'$PATH && " + command + " --quiet"});
  std::istringstream lines(done.out);
  std::size_t shown = 0;
  for (std::string line; std::getline(lines, line);) {
    // Digits that depend on the processor's kernels are not compared: the test's own line.
    if (line.starts_with("test ")) continue;
    EXPECT_TRUE(expected.contains(without_time(line))) << line;
    ++shown;
  }
  EXPECT_EQ(shown, 4U);
}

TEST(Documentation, EveryPieceOfCodeIsCompiledSomewhere) {
  std::string compiled;
  for (const char* folder : {"apps/examples", "lib/ravine/optim", "tests/package"})
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(RAVINE_SOURCE_DIR) / folder))
      if (entry.is_regular_file())
        compiled += without_space(data::testing::content_of(entry.path()));
  std::size_t count = 0;
  for (const fs::path& page : pages())
    for (const std::string language : {"cpp", "cmake"})
      for (const std::string& block : blocks(page, language)) {
        EXPECT_NE(compiled.find(without_space(block)), std::string::npos) << page << '\n' << block;
        ++count;
      }
  EXPECT_GT(count, 6U);
}

/// Applies the hunks of a diff to the files that it names and writes the results below `folder`.
void apply_diff(const std::string& diff, const fs::path& folder) {
  std::istringstream lines(diff);
  fs::path file;
  std::string content;
  std::string before;
  std::string after;
  const auto apply_hunk = [&] {
    const auto at = content.find(before);
    ASSERT_NE(at, std::string::npos) << file << " has not\n" << before;
    content.replace(at, before.size(), after);
    before.clear();
    after.clear();
    fs::create_directories((folder / file).parent_path());
    std::ofstream(folder / file) << content;
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("--- ") || line.starts_with("@@")) {
      if (!after.empty()) apply_hunk();
    } else if (line.starts_with("+++ b/")) {
      file = line.substr(6);
      const fs::path present = fs::path(RAVINE_SOURCE_DIR) / file;
      content = fs::exists(present) ? data::testing::content_of(present) : "";
    } else {
      if (line.front() != '+') before += line.substr(1) + '\n';
      if (line.front() != '-') after += line.substr(1) + '\n';
    }
  }
  apply_hunk();
}

TEST(Documentation, TheDiffThatAddsARuleAppliesAndCompiles) {
  const auto diffs = blocks(fs::path(RAVINE_SOURCE_DIR) / "docs/optimizers.md", "diff");
  ASSERT_EQ(diffs.size(), 1U);
  const data::testing::Folder folder;
  apply_diff(diffs.front(), folder.path());
  // Of all files, those changed come first.
  folder.write("check.cpp",
               "#include \"ravine/optim/registry.hpp\"\n"
               "#include \"ravine/optim/rules.hpp\"\n"
               "using namespace ravine::optim;\n"
               "static_assert(BuiltinRule<Signum>);\n"
               "RuleInfo info() { return info_of<Signum>(); }\n");
  const auto done =
      test::run_process(RAVINE_CXX, {"-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
                                     "-I" + (folder.path() / "lib").string(),
                                     "-I" + std::string(RAVINE_SOURCE_DIR) + "/lib",
                                     (folder.path() / "check.cpp").string()});
  EXPECT_EQ(done.status, 0) << done.err;
}

}  // namespace
}  // namespace ravine
