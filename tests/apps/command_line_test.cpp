#include <csignal>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

const std::string short_training = "train --data iris --epochs 2";

std::string help(const std::string& subcommand) {
  const Process process = ravine(words(subcommand + " --help"));
  EXPECT_EQ(process.status, 0);
  EXPECT_EQ(process.err, "");
  return process.out;
}

TEST(Help, OfTheProgramNamesTheSubcommands) {
  const std::string page = help("");
  for (const char* name :
       {"train", "evaluate", "predict", "compare", "optimizers", "data", "lab", "doctor"})
    EXPECT_THAT(page, HasSubstr(std::string("\n  ") + name + " "));
}

TEST(Help, OfTrainShowsEveryDefault) {
  const std::string page = help("train");
  for (const char* option : {"--data NAME|FILE (required)",
                             "--model KIND [mlp]",
                             "--hidden N,...",
                             "(64)",
                             "--activation NAME [relu]",
                             "--optimizer NAME[:SETTING,...] [adam]",
                             "--lr X",
                             "--set NAME=VALUE",
                             "--epochs N [10]",
                             "--batch-size N [32]",
                             "--validation X [0]",
                             "--target COLUMN",
                             "--test-fraction X [0.2]",
                             "--missing HOW [error]",
                             "--task TASK",
                             "--out DIR",
                             "--threads N [",
                             "--seed S",
                             "--data-dir DIR",
                             "--json",
                             "--quiet",
                             "--verbose"})
    EXPECT_THAT(page, HasSubstr(option));
}

TEST(Help, OfTheOthersShowsEveryDefault) {
  const std::string compare = help("compare");
  for (const char* option : {"--optimizers NAME[:SETTING,...],... [sgd,momentum,rmsprop,adam]",
                             "--seeds N [5]", "--epochs N [20]"})
    EXPECT_THAT(compare, HasSubstr(option));
  EXPECT_THAT(help("lab trajectory"),
              AllOf(HasSubstr("--steps N [100]"), HasSubstr("--optimizer NAME[:SETTING,...] [sgd]"),
                    HasSubstr("--function F "), HasSubstr("--surface NAME "),
                    HasSubstr("--compare NAME[:SETTING,...],...")));
  EXPECT_THAT(help("evaluate"), HasSubstr("--model DIR|FILE (required)"));
  EXPECT_THAT(help("predict"), HasSubstr("--out FILE"));
  EXPECT_THAT(help("lab"), HasSubstr("trajectory"));
  EXPECT_THAT(help("data list"), HasSubstr("--data-dir DIR"));
}

TEST(CommandLine, Version) {
  const Process process = ravine({"--version"});
  EXPECT_EQ(process.status, 0);
  EXPECT_EQ(process.out, "ravine 0.1.0\n");
}

TEST(CommandLine, CommonOptionsStandBeforeOrAfterTheSubcommand) {
  const Process before = ravine(words("--json --quiet --seed 3 " + short_training));
  const Process after = ravine(words(short_training + " --json --quiet --seed 3"));
  EXPECT_EQ(before.status, 0) << before.err;
  const Json json = Json::parse(before.out);
  EXPECT_EQ(json["seed"], 3);
  EXPECT_EQ(without_times(json), without_times(Json::parse(after.out)));
}

TEST(CommandLine, LastOfTwoCounts) {
  EXPECT_EQ(ravine_json(words(short_training + " --seed 1 --seed 2"))["seed"], 2);
}

TEST(CommandLine, EmptyValueDoesNotTakeTheNextWord) {
  for (const auto& [line, option] :
       {std::pair{"lab quadratic --eigenvalues= --steps 5", "--eigenvalues"},
        {"lab rates --grid= --csv", "--grid"},
        {"lab colorize --seeds= --steps 5", "--seeds"},
        {"lab rates --report=", "--report"},
        {"lab rates --config= --steps 5", "--config"},
        {"--seed= lab rates", "--seed"}})
    EXPECT_TRUE(refused(words(line), {std::string(option) + ": a value is expected"})) << line;
  EXPECT_TRUE(refused(words("lab rates --report", {""}), {"--report: a value is expected"}));
  // No value is expected of a name that is not known, and none of a flag.
  EXPECT_TRUE(refused(words("lab rates --degree= 5"), {"unknown option '--degree'"}));
  EXPECT_EQ(ravine_json(words("lab rates --at 1,0 --json="))["command"], "lab rates");
}

TEST(CommandLine, EmptyValueOfAFileIsRefusedWhereItStands) {
  const Folder folder;
  const std::string file = folder.write("run.toml", "steps = 5\ngrid = \"\"\n").string();
  EXPECT_TRUE(
      refused(words("lab rates --config", {file}), {"run.toml:2: --grid: a value is expected"}));
}

TEST(CommandLine, ThreadsAreThoseAskedFor) {
  const Json json = ravine_json(words(short_training + " --threads 2"));
  EXPECT_EQ(json["threads"], 2);
  EXPECT_EQ(json["blas"]["threads"], 1);  // each of them calls BLAS for its part
}

TEST(Streams, ProgressIsALineAnEpochOnStderr) {
  const Process process = ravine(words(short_training));
  EXPECT_THAT(process.err, AllOf(HasSubstr("epoch 1/2  loss "), HasSubstr("test accuracy 0."),
                                 HasSubstr("examples/s")));
  EXPECT_EQ(std::ranges::count(process.err, '\n'), 2);
  EXPECT_THAT(process.err, AllOf(Not(HasSubstr("\r")), Not(HasSubstr("\x1b"))));
  EXPECT_THAT(process.out, Not(HasSubstr("epoch 1/2")));
}

TEST(Streams, QuietSaysNothing) {
  const Process process = ravine(words(short_training + " --quiet"));
  EXPECT_EQ(process.err, "");
  EXPECT_THAT(process.out, HasSubstr("accuracy"));
}

TEST(Streams, VerboseSaysMore) {
  EXPECT_THAT(ravine(words(short_training + " --verbose")).err,
              HasSubstr("ravine: debug: OpenBLAS: "));
}

TEST(Streams, TerminalShowsABar) {
  if (!test::terminals_are_there()) GTEST_SKIP() << "no terminal can be opened (/dev/pts)";
  const Process process = ravine(words(short_training), {.terminal = true});
  EXPECT_THAT(process.err, AllOf(HasSubstr("━"), HasSubstr("\x1b[32m"), HasSubstr(" left"),
                                 HasSubstr("examples/s"), HasSubstr("\r\x1b[K")));
  EXPECT_THAT(process.out, Not(HasSubstr("\x1b")));
}

TEST(Streams, NoColorIsHonoured) {
  if (!test::terminals_are_there()) GTEST_SKIP() << "no terminal can be opened (/dev/pts)";
  const Process process =
      ravine(words(short_training), {.environment = {{"NO_COLOR", "1"}}, .terminal = true});
  EXPECT_THAT(process.err, AllOf(HasSubstr("─"), Not(HasSubstr("\x1b[3")), Not(HasSubstr("[0m"))));
}

TEST(Streams, DumbTerminalShowsLines) {
  if (!test::terminals_are_there()) GTEST_SKIP() << "no terminal can be opened (/dev/pts)";
  const Process process =
      ravine(words(short_training), {.environment = {{"TERM", "dumb"}}, .terminal = true});
  EXPECT_THAT(process.err, AllOf(HasSubstr("epoch 1/2"), Not(HasSubstr("\x1b"))));
}

TEST(Streams, QuietTerminalStaysEmpty) {
  if (!test::terminals_are_there()) GTEST_SKIP() << "no terminal can be opened (/dev/pts)";
  EXPECT_EQ(ravine(words(short_training + " --quiet"), {.terminal = true}).err, "");
}

TEST(Streams, FullDiskUnderStdoutIsAFailure) {
  for (const std::string& line : {short_training + " --quiet --json", std::string("optimizers"),
                                  std::string("--help"), std::string("data list")}) {
    const Process process = ravine(words(line), {.stdout_to = "/dev/full"});
    EXPECT_EQ(process.status, 1) << line;
    EXPECT_THAT(process.err, AllOf(HasSubstr("ravine: error: "), HasSubstr("stdout"),
                                   HasSubstr("No space left"), EndsWith("\n")));
  }
}

TEST(Streams, ClosedStdoutIsAFailureAndNoFileTakesItsPlace) {
  const Folder folder;
  const Process process =
      ravine(words(short_training + " --quiet --json --out", {folder.path() / "run"}),
             {.close_stdout = true});
  EXPECT_EQ(process.status, 1);
  EXPECT_THAT(process.err, HasSubstr("stdout"));
  const std::string metrics = data::testing::content_of(folder.path() / "run" / "metrics.jsonl");
  EXPECT_EQ(std::ranges::count(metrics, '\n'), 2) << metrics;
}

TEST(Streams, ReaderThatWentAwayEndsTheProgramQuietly) {
  const Folder folder;
  for (const Words& line : {words("optimizers"), words("--help"),
                            words(short_training + " --quiet --out", {folder.path() / "run"})}) {
    const Process process = ravine(line, {.stdout_without_reader = true});
    EXPECT_EQ(process.status, 128 + SIGPIPE) << line.front();
    EXPECT_EQ(process.err, "");
  }
  // The work was done before.
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "run" / "model.safetensors"));
}

TEST(Streams, ForcedCoreIsWarnedOfAndRecorded) {
  const Process process = ravine(words(short_training + " --quiet --json"),
                                 {.environment = {{"OPENBLAS_CORETYPE", "Prescott"}}});
  EXPECT_EQ(process.status, 0);
  EXPECT_THAT(process.err,
              testing::StartsWith("ravine: warning: OPENBLAS_CORETYPE=Prescott is set"));
  const Json json = Json::parse(process.out);
  EXPECT_EQ(json["blas"]["forced_core"], "Prescott");
}

}  // namespace
}  // namespace ravine::apps
