#include <algorithm>
#include <random>
#include <set>
#include <sstream>

#include "apps/command.hpp"
#include "support/datasets.hpp"

// `ravine compare` as people run it: to its end, broken off, and spread over processes.

namespace ravine::apps {
namespace {

using data::testing::content_of;
using testing::HasSubstr;
namespace fs = std::filesystem;

const std::string small =
    "compare --data iris --optimizers sgd,adam,rmsprop --hidden 8 --epochs 3 --trials 5 --seeds 3 "
    "--seed 5 --quiet";

Words small_in(const fs::path& folder, const std::string& more = "") {
  return words(small + " " + more, {"--report", folder.string()});
}

Json json_in(const fs::path& file) { return Json::parse(content_of(file)); }

/// The results of a whole sweep, made at once.
const Json& whole_results() {
  static const Json results = [] {
    const Folder folder;
    EXPECT_EQ(ravine(small_in(folder.path())).status, 0);
    return without_times(json_in(folder.path() / "results.json"));
  }();
  return results;
}

/// A line of shell that runs the command.
std::string shell_line(const Words& arguments) {
  std::string line = RAVINE_COMMAND;
  for (const std::string& argument : arguments) line += " '" + argument + "'";
  return line;
}

Process shell(const std::string& line) { return test::run_process("/bin/sh", {"-c", line}); }

TEST(Compare, PrintsTheDocumentThatOthersRelyOn) {
  const Json json = ravine_json(words(small));
  EXPECT_EQ(json["command"], "compare");
  EXPECT_EQ(json["protocol"]["trials"], 5);
  EXPECT_EQ(json["protocol"]["seeds"], 3);
  EXPECT_EQ(json["protocol"]["epochs"], 3);
  EXPECT_EQ(json["protocol"]["search"], "quasi");
  EXPECT_EQ(json["protocol"]["selection"], "validation");
  EXPECT_EQ(json["protocol"]["target"]["metric"], "validation_accuracy");
  EXPECT_TRUE(json["environment"]["blas"]["core"].is_string());
  ASSERT_EQ(json["data"].size(), 1U);
  EXPECT_EQ(json["data"][0]["name"], "iris");
  ASSERT_EQ(json["data"][0]["optimizers"].size(), 3U);
  const Json& adam = json["data"][0]["optimizers"][1];
  EXPECT_EQ(adam["name"], "adam");
  EXPECT_EQ(adam["default"]["hyperparameters"]["lr"], 0.001);
  EXPECT_EQ(adam["state_bytes_per_parameter"], 8);
  EXPECT_EQ(adam["diverged"], 0);
  EXPECT_EQ(adam["test_accuracy"]["n"], 3);
  EXPECT_EQ(adam["test_accuracy"]["ci95"].size(), 2U);
  EXPECT_EQ(adam["epochs_to_target"]["of"], 3);
  EXPECT_EQ(adam["budget"][0]["trials"], 1);
  EXPECT_TRUE(adam["tuned"].contains("lr"));
  EXPECT_GE(adam["trials"].size(), 5U);
  EXPECT_EQ(json["data"][0]["pairs"].size(), 3U);
  EXPECT_FALSE(json["summary"].get<std::string>().empty());
  EXPECT_EQ(without_times(json), without_times(ravine_json(words(small + " --jobs 3"))));
}

TEST(Compare, TheMeanIsThatOfItsRuns) {
  const Json& results = whole_results();
  for (const Json& optimizer : results["data"][0]["optimizers"]) {
    double sum = 0;
    std::set<std::size_t> seeds;
    for (const Json& run : optimizer["runs"]) {
      sum += run["test_accuracy"].get<double>();
      seeds.insert(run["seed"].get<std::size_t>());
    }
    EXPECT_EQ(seeds, (std::set<std::size_t>{6, 7, 8}));  // fresh ones, the trials had 5
    EXPECT_NEAR(optimizer["test_accuracy"]["mean"], sum / 3, 1e-12);
  }
}

TEST(Compare, SelectsByTheValidationPartAlone) {
  for (const Json& optimizer : whole_results()["data"][0]["optimizers"]) {
    double best = 0;
    for (const Json& trial : optimizer["trials"])
      if (trial["status"] == "finished")
        best = std::max(best, trial["validation_accuracy"].get<double>());
    const auto selected = std::ranges::find_if(optimizer["trials"], [&](const Json& trial) {
      return trial["lr"] == optimizer["tuned"]["lr"];
    });
    ASSERT_NE(selected, optimizer["trials"].end());
    EXPECT_EQ((*selected)["validation_accuracy"], best);
  }
}

TEST(Compare, WithoutTrialsComparesTheDefaults) {
  const Json json = ravine_json(
      words("compare --data iris --optimizers sgd,adam --hidden 8 --epochs 2 --trials 1 "
            "--seeds 2"));
  for (const Json& optimizer : json["data"][0]["optimizers"])
    EXPECT_EQ(optimizer["test_accuracy"], optimizer["default"]["test_accuracy"]);
}

TEST(Compare, HoldsWhatASpecSets) {
  const Json json = ravine_json(words(
      "compare --data iris --optimizers momentum:momentum=0.5,sgd:lr=0.1 --hidden 8 --epochs 1 "
      "--trials 4 --seeds 1 --range momentum:lr=0.01..0.1"));
  const Json& momentum = json["data"][0]["optimizers"][0];
  EXPECT_EQ(momentum["tuned"]["momentum"], 0.5);
  EXPECT_EQ(momentum["space"].size(), 1U);
  EXPECT_EQ(json["data"][0]["optimizers"][1]["tuned"]["lr"], 0.1);
}

TEST(Compare, TakesSeveralDatasetsAndDrawsProfiles) {
  const Json json = ravine_json(
      words("compare --data diabetes --data iris --optimizers sgd,adam --epochs 1 --seeds 2 "
            "--trials 3"));
  ASSERT_EQ(json["data"].size(), 2U);
  EXPECT_TRUE(json["data"][0]["optimizers"][0].contains("test_rmse"));
  EXPECT_TRUE(json["data"][1]["optimizers"][0].contains("test_accuracy"));
  EXPECT_EQ(json["profiles"].size(), 2U);
}

TEST(Compare, CountsWhatDivergesAndNeverAveragesIt) {
  const Json json = ravine_json(words(
      "compare --data diabetes --model linear --optimizers sgd:lr=1e30,sgd --epochs 1 --seeds 2 "
      "--trials 1"));
  const Json& wild = json["data"][0]["optimizers"][0];
  EXPECT_EQ(wild["diverged"], 2);
  EXPECT_TRUE(wild["test_rmse"]["mean"].is_null());
  EXPECT_TRUE(wild["epochs_to_target"]["median"].is_null());
  EXPECT_EQ(wild["epochs_to_target"]["reached"], 0);
  EXPECT_EQ(json["data"][0]["best"], "sgd");
}

TEST(Compare, WritesAReport) {
  const Folder folder;
  const fs::path report = folder.path() / "new" / "report";
  const Process process = ravine(small_in(report));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, HasSubstr("test accuracy"));
  for (const char* name : {"report.html", "report.md", "results.csv", "results.json", "runs.jsonl"})
    EXPECT_TRUE(fs::exists(report / name)) << name;
  EXPECT_EQ(Json::parse(ravine(small_in(report, "--json")).out), json_in(report / "results.json"));
}

TEST(Compare, SaysHowManyRunsAreThereAlready) {
  const Folder folder;
  const std::string line = "compare --data iris --optimizers sgd --epochs 1 --trials 1 --seeds 3";
  const Words command = words(line, {"--report", folder.path().string()});
  EXPECT_THAT(ravine(command).err, Not(HasSubstr("already")));
  std::string journal = content_of(folder.path() / "runs.jsonl");
  journal.erase(journal.rfind('\n', journal.size() - 2) + 1);  // the last run
  folder.write("runs.jsonl", journal);
  EXPECT_THAT(ravine(command).err, HasSubstr("2 of 3 runs are in runs.jsonl already\n"));
  EXPECT_THAT(ravine(command).err, HasSubstr("3 of 3 runs are in runs.jsonl already\n"));
  EXPECT_EQ(ravine(words(line + " --quiet", {"--report", folder.path().string()})).err, "");
}

TEST(Compare, ATargetIsOfTheDataThatHaveItsMetric) {
  const std::string both =
      "compare --data iris --data diabetes --optimizers adam --epochs 1 --trials 1 --seeds 1 "
      "--target-metric ";
  EXPECT_TRUE(refused(words(both + "0.9"), {"iris, whose metric is accuracy, or of diabetes",
                                            "as in accuracy=0.9 or rmse=3"}));
  const Json json = ravine_json(words(both + "accuracy=0.9"));
  EXPECT_EQ(json["data"][0]["target"]["value"], 0.9);
  EXPECT_EQ(json["data"][0]["target"]["derived"], false);
  EXPECT_EQ(json["data"][1]["target"]["derived"], true);
}

TEST(Compare, RefusesANameThatWouldBreakAReport) {
  const Folder folder;
  const fs::path table = folder.write("a\nb.csv", "x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12\n");
  EXPECT_TRUE(refused(words("compare", {"--data", table.string()}),
                      {"a?b.csv' has a control character", "rename the file"}));
}

TEST(Compare, TheCommandThatItGivesTrains) {
  const Folder folder;
  const fs::path table = folder.write(
      "my table.csv", "price,x\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12\n7,14\n8,16\n9,18\n10,20\n");
  const Process compared = ravine(
      words("compare --model linear --target price --optimizers sgd,adam --epochs 2 --trials 3 "
            "--seeds 3 --seed 7 --quiet",
            {"--data", table.string()}));
  ASSERT_EQ(compared.status, 0) << compared.err;
  EXPECT_THAT(compared.out, HasSubstr("; target 'price'; linear"));
  const std::size_t begin = compared.out.find("\n  ravine train ");
  ASSERT_NE(begin, std::string::npos);
  const std::string given =
      compared.out.substr(begin + 3, compared.out.find('\n', begin + 3) - begin - 3);
  EXPECT_THAT(given, HasSubstr("my table.csv' --target price --seed 7 --model linear"));
  const Process trained =
      shell(RAVINE_COMMAND + given.substr(std::string("ravine").size()) + " --json");
  EXPECT_EQ(trained.status, 0) << trained.err;
  EXPECT_EQ(Json::parse(trained.out)["final"]["status"], "finished");
}

TEST(Compare, DoneAgainItMakesNoRunAndTheSameReport) {
  const Folder folder;
  ravine(small_in(folder.path()));
  std::vector<std::string> before;
  const std::vector<std::string> names{"report.html", "report.md", "results.csv", "results.json",
                                       "runs.jsonl"};
  for (const std::string& name : names) before.push_back(content_of(folder.path() / name));
  EXPECT_EQ(ravine(small_in(folder.path())).status, 0);
  for (std::size_t i = 0; i < names.size(); ++i)
    EXPECT_EQ(content_of(folder.path() / names[i]), before[i]) << names[i];
}

/// A table of CSV without the columns of times.
std::vector<Words> without_time_columns(const std::string& csv) {
  std::vector<Words> rows;
  std::vector<bool> is_time;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    Words cells;
    bool quoted = false;
    cells.emplace_back();
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      if (c == ',' && !quoted)
        cells.emplace_back();
      else
        cells.back() += c;
    }
    if (is_time.empty())
      for (const std::string& title : cells)
        is_time.push_back(title.find("seconds") != std::string::npos);
    rows.emplace_back();
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!is_time.at(i)) rows.back().push_back(cells[i]);
  }
  return rows;
}

/// Ends a command by SIGKILL as soon as a file has so many lines; its status, 137 if it was in
/// time.
int killed_at(std::size_t lines, const fs::path& file, const Words& command) {
  const std::string has_lines = "[ \"$(wc -l <'" + file.string() +
                                "' 2>/dev/null || echo 0)\" -ge " + std::to_string(lines) + " ]";
  return shell(shell_line(command) + " & pid=$!; until " + has_lines +
               " || ! kill -0 $pid 2>/dev/null; do :; done; kill -KILL $pid; wait $pid")
      .status;
}

TEST(Compare, KilledAtAnyTimeAndStartedAgainItComesToTheSame) {
  const std::string digits =
      "compare --data digits --optimizers sgd,adam --hidden 64 --epochs 20 --trials 4 --seeds 3 "
      "--quiet --jobs 2";
  const Folder whole;
  ASSERT_EQ(ravine(words(digits, {"--report", whole.path().string()})).status, 0);
  const auto count_lines = [](const fs::path& file) {
    return static_cast<std::size_t>(std::ranges::count(content_of(file), '\n'));
  };
  const std::size_t all = count_lines(whole.path() / "runs.jsonl");
  std::size_t killed = 0;
  std::mt19937 random(std::random_device{}());
  for (int i = 0; i < 3; ++i) {
    const Folder folder;
    const fs::path journal = folder.path() / "runs.jsonl";
    const Words command = words(digits, {"--report", folder.path().string()});
    const std::size_t lines = 2 + random() % (all - 4);
    if (killed_at(lines, journal, command) == 137 && count_lines(journal) < all) ++killed;
    ASSERT_EQ(ravine(command).status, 0);
    EXPECT_EQ(count_lines(journal), all);
    EXPECT_EQ(without_times(json_in(folder.path() / "results.json")),
              without_times(json_in(whole.path() / "results.json")))
        << "killed at line " << lines;
    EXPECT_EQ(without_time_columns(content_of(folder.path() / "results.csv")),
              without_time_columns(content_of(whole.path() / "results.csv")))
        << "killed at line " << lines;
  }
  EXPECT_GT(killed, 0U);
}

TEST(Compare, InterruptedItKeepsWhatIsDone) {
  const Folder folder;
  Words command = words(
      "compare --data digits --optimizers sgd,adam --hidden 64 --epochs 30 --trials 4 --seeds 2",
      {"--report", folder.path().string()});
  const Process process = ravine(command, {.interrupt_at = "trial"});
  EXPECT_EQ(process.status, 130);
  EXPECT_THAT(process.err, HasSubstr("interrupted with"));
  EXPECT_THAT(process.err, HasSubstr("the same command goes on"));
  EXPECT_FALSE(fs::exists(folder.path() / "results.json"));
  EXPECT_GE(std::ranges::count(content_of(folder.path() / "runs.jsonl"), '\n'), 2);
  EXPECT_EQ(ravine(command).status, 0);
}

TEST(Compare, ShardsInProcessesOfTheirOwnMergeIntoTheSameReport) {
  const Folder folder;
  std::string all;
  for (const char* shard : {"1/4", "2/4", "3/4", "4/4"})
    all += shell_line(small_in(folder.path(), std::string("--shard ") + shard)) + " & ";
  const Process parts = shell(all + "wait");
  EXPECT_THAT(parts.out, HasSubstr("part 2 of 4 is done"));
  EXPECT_FALSE(fs::exists(folder.path() / "results.json"));
  const Process merged = ravine(small_in(folder.path(), "--merge"));
  EXPECT_EQ(merged.status, 0) << merged.err;
  EXPECT_EQ(without_times(json_in(folder.path() / "results.json")), whole_results());
}

TEST(Compare, MergingNeedsAllPartsAndTheSameOptions) {
  const Folder folder;
  const auto in = [&](const std::string& more) { return small_in(folder.path(), more); };
  EXPECT_TRUE(refused(in("--merge"), {folder.path().string(), "has no runs to merge"}));
  ASSERT_EQ(ravine(in("--shard 1/2")).status, 0);
  EXPECT_TRUE(refused(in("--merge"), {"missing", "--shard I/N"}));
  EXPECT_TRUE(refused(in("--merge"), {"runs are missing, of adam on iris"}));
  EXPECT_TRUE(refused(in("--merge --test-fraction 0.5"), {"--test-fraction 0.2, not 0.5"}));
  ASSERT_EQ(ravine(in("--shard 2/2")).status, 0);
  EXPECT_TRUE(refused(in("--merge --target-metric rmse=3"), {"iris is a classification task"}));
  fs::remove(folder.path() / "runs-2-of-2.jsonl");
  // Neither a part nor a whole sweep with other options begins where parts of this one are.
  EXPECT_TRUE(refused(in("--shard 2/2 --epochs 2"), {"runs-1-of-2.jsonl", "epochs 3, not 2"}));
  EXPECT_TRUE(refused(in("--epochs 2"), {"runs-1-of-2.jsonl", "epochs 3, not 2"}));
  EXPECT_FALSE(fs::exists(folder.path() / "runs.jsonl"));
  // A part that was made elsewhere, with others.
  const Folder elsewhere;
  ASSERT_EQ(ravine(small_in(elsewhere.path(), "--shard 2/2 --epochs 2")).status, 0);
  fs::copy(elsewhere.path() / "runs-2-of-2.jsonl", folder.path());
  EXPECT_TRUE(refused(in("--merge"), {"runs-2-of-2.jsonl", "epochs 2, not 3"}));
  EXPECT_FALSE(fs::exists(folder.path() / "results.json"));
}

TEST(Compare, TakesTheTargetByTheNameThatItPrints) {
  const Json json = ravine_json(
      words("compare --data iris --optimizers adam --epochs 1 --trials 1 --seeds 1 --target-metric "
            "validation_accuracy=0.9"));
  EXPECT_EQ(json["data"][0]["target"]["metric"], "validation_accuracy");
  EXPECT_EQ(json["data"][0]["target"]["value"], 0.9);
}

TEST(Compare, SaysWhereRunsAreMixed) {
  const Folder folder;
  ASSERT_EQ(ravine(small_in(folder.path(), "--shard 1/2 --jobs 1")).status, 0);
  ASSERT_EQ(ravine(small_in(folder.path(), "--shard 2/2 --jobs 2"),
                   {.environment = {{"OPENBLAS_CORETYPE", "Prescott"}}})
                .status,
            0);
  const Process merged = ravine(small_in(folder.path(), "--merge"));
  EXPECT_EQ(merged.status, 0);
  EXPECT_THAT(merged.err, HasSubstr("the runs were made in different ways"));
  EXPECT_THAT(merged.err, HasSubstr("jobs 1); "));
  EXPECT_EQ(json_in(folder.path() / "results.json")["environment"]["jobs"], 1);
}

TEST(Compare, GoesOnWithTheSameOptionsAndDataOnly) {
  const Folder folder;
  const fs::path table = folder.write("t.csv", "x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12\n7,14\n8,16\n");
  const fs::path report = folder.path() / "report";
  const std::string line = "compare --optimizers sgd --epochs 1 --trials 2 --seeds 2 --quiet";
  const auto command = [&](const std::string& more) {
    return words(line + " " + more, {"--data", table.string(), "--report", report.string()});
  };
  ASSERT_EQ(ravine(command("--model linear")).status, 0);
  EXPECT_TRUE(
      refused(command("--model mlp"), {"runs.jsonl", "was made with --model linear, not mlp"}));
  EXPECT_TRUE(refused(command("--model linear --seeds 3"), {"seeds 2, not 3"}));
  folder.write("t.csv", "x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n6,12\n7,14\n8,17\n");
  EXPECT_TRUE(refused(command("--model linear"), {"runs.jsonl", "other numbers"}));
}

TEST(Compare, WrongRequestsAreOneLineAndLeaveNothing) {
  const Folder folder;
  const fs::path report = folder.path() / "report";
  const auto wrong = [&](const std::string& more, const Words& parts) {
    return refused(words("compare --data iris --optimizers sgd,adam --epochs 1 " + more,
                         {"--report", report.string()}),
                   parts);
  };
  EXPECT_TRUE(wrong("--trials 0", {"--trials", "must be at least 1, 0 was given"}));
  EXPECT_TRUE(wrong("--seeds 0", {"--seeds", "must be at least 1"}));
  EXPECT_TRUE(wrong("--jobs 0", {"--jobs", "must be from 1 to 1024, 0 was given"}));
  EXPECT_TRUE(wrong("--jobs 1000000", {"--jobs", "must be from 1 to 1024"}));
  EXPECT_TRUE(refused(words("compare --data iris --optimizers", {""}),
                      {"--optimizers", "a value is expected"}));
  EXPECT_TRUE(wrong("--optimizers adam,adam", {"'adam' was named twice"}));
  EXPECT_TRUE(wrong("--data iris", {"'iris' was named twice"}));
  EXPECT_TRUE(wrong("--target-metric rmse=3", {"'rmse'", "iris is a classification task"}));
  EXPECT_TRUE(wrong("--target-metric 95", {"an accuracy must be in (0, 1], 95 was given"}));
  EXPECT_TRUE(wrong("--search bayes", {"--search", "random, quasi, grid"}));
  EXPECT_TRUE(wrong("--range adam:lr=1..0.1", {"--range", "the first end must be below"}));
  EXPECT_TRUE(wrong("--range rmsprop:lr=0.1..1", {"--range", "no optimizer 'rmsprop' takes part"}));
  EXPECT_TRUE(wrong("--validation 0", {"validation fraction must be in (0, 1)"}));
  EXPECT_TRUE(wrong("--shard 3/2", {"--shard", "'3/2' must be from 1/2 to 2/2"}));
  EXPECT_TRUE(wrong("--shard 2", {"--shard", "as in 2/4"}));
  EXPECT_TRUE(wrong("--shard 1/2 --merge", {"one at a time"}));
  EXPECT_TRUE(wrong("--clip-norm -1", {"clip_norm"}));
  EXPECT_TRUE(refused(words(small + " --merge"), {"--merge needs --report DIR"}));
  EXPECT_TRUE(refused(words(small + " --shard 1/2"), {"--shard needs --report DIR"}));
  EXPECT_FALSE(fs::exists(report));
}

TEST(Compare, TheAirfoilExperimentEndsWhereTheBookDoes) {
  if (!test::dataset_is_there("airfoil")) GTEST_SKIP() << "datasets/fetch airfoil";
  const Json json =
      ravine_json(words("compare --config", {RAVINE_SOURCE_DIR "/docs/configs/airfoil.toml"}));
  std::size_t momentum = 0;
  for (const Json& optimizer : json["data"][0]["optimizers"]) {
    if (optimizer["rule"] != "momentum") continue;
    ++momentum;
    for (const Json& run : optimizer["runs"]) EXPECT_EQ(run["status"], "finished");
    EXPECT_GT(optimizer["train_loss"]["mean"], 0.24) << optimizer["name"];
    EXPECT_LT(optimizer["train_loss"]["mean"], 0.26) << optimizer["name"];
  }
  EXPECT_EQ(momentum, 3U);
}

TEST(Compare, TheScriptForMnistWorks) {
  if (!test::dataset_is_there("mnist")) GTEST_SKIP() << "datasets/fetch mnist";
  // Of options given again the last ones count: one epoch of large batches.
  const Process script = test::run_process(
      RAVINE_SOURCE_DIR "/scripts/compare-mnist",
      words("--optimizers sgd:lr=0.5 --trials 1 --seeds 1 --epochs 1 --batch-size 512 --hidden 16 "
            "--json --quiet"),
      {.environment = {{"RAVINE", RAVINE_COMMAND}}});
  ASSERT_EQ(script.status, 0) << script.err;
  EXPECT_EQ(Json::parse(script.out)["data"][0]["name"], "mnist");
}

TEST(Compare, ShowsRunsUnderWayOnATerminal) {
  if (!test::terminals_are_there()) GTEST_SKIP() << "no terminal can be opened (/dev/pts)";
  const Process process = ravine(words("compare --data digits --optimizers sgd --hidden 256 "
                                       "--epochs 20 --trials 3 --seeds 2 "
                                       "--jobs 2"),
                                 {.terminal = true});
  EXPECT_EQ(process.status, 0);
  EXPECT_THAT(process.err, HasSubstr("runs"));
  EXPECT_THAT(process.err, HasSubstr("digits  sgd"));
  EXPECT_THAT(process.err, HasSubstr("left"));
}

}  // namespace
}  // namespace ravine::apps
