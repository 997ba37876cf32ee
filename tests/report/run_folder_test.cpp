#include "ravine/report/run_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "data/files.hpp"
#include "ravine/report/run_split.hpp"
#include "ravine/report/whole_file.hpp"
#include "support/throws.hpp"

namespace ravine::report {
namespace {

using data::testing::content_of;
using data::testing::Folder;
using testing::HasSubstr;

TEST(RunFolder, IsMadeWithItsFiles) {
  const Folder folder;
  const auto path = folder.path() / "runs" / "a";
  RunFolder run(path, "begun\n");
  EXPECT_EQ(content_of(path / "run.json"), "begun\n");
  EXPECT_EQ(content_of(path / "metrics.jsonl"), "");
  run.add_metrics("1\n");
  EXPECT_EQ(content_of(path / "metrics.jsonl"), "1\n");
  run.add_metrics("2\n");
  run.set_run("done\n");
  EXPECT_EQ(content_of(path / "metrics.jsonl"), "1\n2\n");
  EXPECT_EQ(content_of(path / "run.json"), "done\n");
  EXPECT_FALSE(std::filesystem::exists(path / "run.json.part"));
}

TEST(RunFolder, SetsTheModelOfTheRunBeforeAside) {
  const Folder folder;
  folder.write("model.safetensors", "old");
  folder.write("metrics.jsonl", "old");
  folder.write("notes.txt", "mine");
  const RunFolder run(folder.path(), "new");
  EXPECT_FALSE(std::filesystem::exists(run.model()));
  EXPECT_EQ(content_of(folder.path() / "model.safetensors.before"), "old");
  EXPECT_EQ(content_of(folder.path() / "metrics.jsonl"), "");
  EXPECT_EQ(content_of(folder.path() / "notes.txt"), "mine");
}

TEST(RunFolder, ThatCannotBeWrittenIsRefused) {
  const Folder folder;
  const auto file = folder.write("file", "content");
  for (const auto& path : {file, file / "run"})
    EXPECT_TRUE(test::throws<InputError>(
        [&] { RunFolder(path, ""); },
        testing::AllOf(HasSubstr(path.string()), HasSubstr("Not a directory"),
                       HasSubstr("a folder, new or writable, is expected"))));
  EXPECT_EQ(content_of(file), "content");
  std::filesystem::create_directories(folder.path() / "b" / "metrics.jsonl");
  EXPECT_TRUE(test::throws<InputError>([&] { RunFolder(folder.path() / "b", ""); },
                                       HasSubstr("Is a directory")));
}

TEST(WholeFile, TakesTheOldOnesPlaceAtOnce) {
  const Folder folder;
  const auto path = folder.write("a.csv", "old");
  write_whole_file(path, "new");
  EXPECT_EQ(content_of(path), "new");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".part"));
}

TEST(WholeFile, LeavesTheOldOneWhereItFails) {
  const Folder folder;
  const auto path = folder.write("a.csv", "old");
  std::filesystem::create_directory(path.string() + ".part");
  EXPECT_TRUE(test::throws<IoError>([&] { write_whole_file(path, "new"); }, HasSubstr("a.csv")));
  EXPECT_EQ(content_of(path), "old");
}

TEST(WholeFile, DevicesAreWrittenToAndStay) {
  write_whole_file("/dev/null", "content");
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
  EXPECT_TRUE(test::throws<IoError>([] { write_whole_file("/dev/full", "content"); },
                                    HasSubstr("/dev/full: could not be written (No space left")));
}

TEST(WholeFile, ThatCannotBeWrittenIsFoundBefore) {
  const Folder folder;
  EXPECT_TRUE(test::throws<InputError>([&] { require_writable(folder.path() / "no" / "a.csv"); },
                                       HasSubstr("cannot be written (No such file or directory)")));
  EXPECT_TRUE(
      test::throws<InputError>([&] { require_writable(folder.path()); }, HasSubstr("a folder")));
  require_writable(folder.path() / "a.csv");
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(RunSplit, IsReadBesideTheModel) {
  const Folder folder;
  EXPECT_FALSE(split_of_run(folder.path()).has_value());
  folder.write("run.json", R"({"options": {"seed": 7, "test_fraction": 0.25}})");
  for (const auto& path : {folder.path(), folder.path() / "model.safetensors"}) {
    const auto split = split_of_run(path);
    ASSERT_TRUE(split.has_value());
    EXPECT_EQ(split->seed, 7U);
    EXPECT_EQ(split->test_fraction, 0.25);
  }
  folder.write("run.json", R"({"options": {"seed": "seven"}})");
  EXPECT_FALSE(split_of_run(folder.path()).has_value());
  folder.write("run.json", "{");
  EXPECT_FALSE(split_of_run(folder.path()).has_value());
}

}  // namespace
}  // namespace ravine::report
