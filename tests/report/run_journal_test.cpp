#include "ravine/report/run_journal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cmath>
#include <csignal>
#include <limits>
#include <nlohmann/json.hpp>

#include "data/files.hpp"
#include "ravine/report/journal_header.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

using data::testing::content_of;
using data::testing::Folder;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

compare::Options options() {
  return {.hidden = {32},
          .contenders = {{"adam", {{"beta1", 0.9}}}, {"sgd"}},
          .fit = {.epochs = 20},
          .ranges = {{.optimizer = "sgd", .field = "lr", .low = 1e-3, .high = 0.5}}};
}

std::vector<compare::DataFacts> facts() {
  return {{.name = "digits",
           .task = data::Task::classification,
           .train_examples = 1150,
           .validation_examples = 288,
           .test_examples = 359,
           .layers = {64, 32, 10}},
          {.name = "airfoil", .task = data::Task::regression, .layers = {5, 1}}};
}

MadeOn here() {
  MadeOn made_on;
  made_on.environment.cpu = "a cpu";
  made_on.environment.blas_core = "Haswell";
  made_on.environment.simd = "avx2";
  made_on.jobs = 2;
  return made_on;
}

std::string header_of(const compare::Options& its_options,
                      const std::vector<compare::DataFacts>& its_facts,
                      const data::LoadOptions& reading = {}) {
  return journal_header(its_options, reading, its_facts, here());
}

std::string header() { return header_of(options(), facts()); }

/// Numbers that a sloppy hand would change.
RunRecord fresh_run(std::uint64_t seed) {
  return {
      .data = "digits",
      .optimizer = "adam:beta1=0.9",
      .fresh = true,
      .run = {
          .key = {.point = {{"lr", 0.1 + 0.2},
                            {"amsgrad", true},
                            {"milestones", std::vector<double>{10, 1.0 / 3}}},
                  .seed = seed},
          .epochs = {{.train_loss = 1.0 / 3,
                      .validation_loss = 5e-324,
                      .validation_metric = 1,
                      .seconds = 1.7976931348623157e308}},
          .end = compare::EndResult{.train_loss = 0.1, .test_loss = -0.0, .test_metric = 2.0 / 3},
          .steps = 720,
          .seconds = 123.456789012345678,
          .state_bytes_per_parameter = 8}};
}

RunRecord diverged_trial() {
  return {.data = "airfoil",
          .optimizer = "sgd",
          .run = {.key = {.point = {}, .seed = std::numeric_limits<std::uint64_t>::max()},
                  .status = train::Status::diverged,
                  .reason = "step 3: \"the loss\" is nan\n",
                  .steps = 2}};
}

TEST(RunRecord, ReadsBackAsItWas) {
  for (const RunRecord& record : {fresh_run(1), diverged_trial()}) {
    const std::string line = record_line(record);
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    const RunRecord read = parse_record(line);
    EXPECT_EQ(read.data, record.data);
    EXPECT_EQ(read.optimizer, record.optimizer);
    EXPECT_EQ(read.fresh, record.fresh);
    EXPECT_EQ(read.run, record.run);
  }
}

TEST(RunRecord, IsTheLineOthersRead) {
  using Json = nlohmann::json;
  RunRecord record = fresh_run(7);
  record.run.epochs[0].seconds = 0.5;
  record.run.epochs[0].validation_loss = std::nan("");
  EXPECT_EQ(Json::parse(record_line(record)), Json::parse(R"({"data": "digits",
    "optimizer": "adam:beta1=0.9",
    "point": {"lr": 0.30000000000000004, "amsgrad": true, "milestones": [10.0, 0.3333333333333333]},
    "seed": 7, "fresh": true, "status": "finished", "reason": "",
    "epochs": [[0.3333333333333333, null, 1.0, 0.5]],
    "end": {"train_loss": 0.1, "test_loss": -0.0, "test_metric": 0.6666666666666666},
    "steps": 720, "seconds": 123.45678901234568, "state_bytes_per_parameter": 8})"));
  const Json diverged = Json::parse(record_line(diverged_trial()));
  EXPECT_EQ(diverged["status"], "diverged");
  EXPECT_TRUE(diverged["end"].is_null());
  EXPECT_EQ(diverged["point"], Json::object());
}

TEST(RunRecord, WhatIsNotFiniteReadsBackAsNan) {
  RunRecord record = fresh_run(1);
  record.run.epochs[0].train_loss = std::nan("");
  record.run.end->test_metric = std::numeric_limits<double>::infinity();
  const compare::Run run = parse_record(record_line(record)).run;
  EXPECT_TRUE(std::isnan(run.epochs[0].train_loss));
  EXPECT_TRUE(std::isnan(run.end->test_metric));
}

TEST(RunRecord, ThatIsNoneIsRefused) {
  const std::string line = record_line(fresh_run(1));
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string other = line;
    const std::size_t at = other.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return other.replace(at, from.size(), to);
  };
  for (const std::string& bad :
       {std::string("{"), std::string("[]"), std::string("{}"), std::string("nonsense"),
        changed("\"seed\":1", "\"seed\":-1"), changed("\"seed\":1", "\"seed\":1.5"),
        changed("\"seed\":1", "\"seed\":\"1\""), changed("finished", "finnished"),
        changed("\"fresh\":true", "\"fresh\":1"), changed("\"steps\":720,", ""),
        changed("[[", "[[1,2],["), changed("{\"lr\":", "{\"lr\":\"x\",\"b\":"),
        changed("\"seconds\":123", "\"seconds\":1e999,\"s\":123")})
    EXPECT_TRUE(test::throws<InputError>([&] { parse_record(bad); },
                                         StartsWith("not a run as `ravine compare` writes one")))
        << bad;
}

TEST(RunsOfEntries, AreSortedByDatasetAndOptimizerWithoutRepeats) {
  RunRecord again = fresh_run(1);
  again.run.seconds = 0;
  const compare::Runs runs =
      runs_of_entries(std::vector{diverged_trial(), fresh_run(1), fresh_run(2), again}, facts(),
                      options().contenders);
  ASSERT_THAT(runs, SizeIs(4));
  EXPECT_THAT(runs[0], ElementsAre(fresh_run(1).run, fresh_run(2).run));
  EXPECT_THAT(runs[3], ElementsAre(diverged_trial().run));
  EXPECT_THAT(runs[1], IsEmpty());
  EXPECT_THAT(runs[2], IsEmpty());
  const std::vector<compare::Contender> without_adam{{"sgd"}};
  EXPECT_TRUE(test::throws<InputError>(
      [&] { runs_of_entries(std::vector{fresh_run(1)}, facts(), without_adam); },
      HasSubstr("a run of adam:beta1=0.9 on digits, which is not compared here")));
}

TEST(RunsOfEntries, NamesNeedNotBeUtf8) {
  RunRecord record = fresh_run(1);
  record.data = "caf\xe9.csv";
  auto of_data = facts();
  of_data[0].name = record.data;
  const RunRecord read = parse_record(record_line(record));
  EXPECT_THAT(runs_of_entries(std::vector{read}, of_data, options().contenders)[0], SizeIs(1));
}

TEST(JournalHeader, HasAllThatRunsDependOn) {
  const auto json = nlohmann::json::parse(header());
  EXPECT_TRUE(json["ravine"].is_string());
  EXPECT_EQ(json["protocol"]["optimizers"], (std::vector<std::string>{"adam:beta1=0.9", "sgd"}));
  EXPECT_EQ(json["protocol"]["ranges"], std::vector<std::string>{"sgd:lr=0.001..0.5"});
  EXPECT_EQ(json["data"][0]["train"], 1150);
  EXPECT_EQ(header().find('\n'), std::string::npos);
  EXPECT_EQ(facts_of_header("runs.jsonl", header()), facts());
}

TEST(JournalHeader, NamesTheFirstOptionThatDiffers) {
  const auto message = [](const compare::Options& found,
                          const std::vector<compare::DataFacts>& data) {
    return test::message(
        [&] { check_same_protocol("a/runs.jsonl", header_of(found, data), header()); });
  };
  const auto change = [&](const auto& changed) {
    compare::Options other = options();
    changed(other);
    return message(other, facts());
  };
  EXPECT_EQ(change([](auto& other) { other.fit.epochs = 10; }),
            "a/runs.jsonl: was made with --epochs 20, not 10 (use another folder, or the same "
            "options)");
  EXPECT_THAT(change([](auto& other) { other.seed = 4; }), HasSubstr("with --seed 0, not 4 ("));
  EXPECT_THAT(change([](auto& other) { other.contenders.pop_back(); }),
              HasSubstr("with --optimizers adam:beta1=0.9,sgd, not adam:beta1=0.9 ("));
  EXPECT_THAT(change([](auto& other) { other.fit.batch_size = 8; }),
              HasSubstr("with --batch-size 32, not 8 ("));
  EXPECT_THAT(change([](auto& other) { other.ranges.clear(); }),
              HasSubstr("with --range sgd:lr=0.001..0.5, not without ("));
  EXPECT_THAT(change([](auto& other) {
                other.groups = {{"*.bias", {{"weight_decay", 0.5}, {"nesterov", true}}}};
              }),
              HasSubstr("without --group, not with *.bias:weight_decay=0.5,nesterov=true ("));
  EXPECT_THAT(change([](auto& other) { other.fit.schedule = optim::parse_schedule("cosine"); }),
              HasSubstr("without --schedule, not with cosine ("));
  EXPECT_THAT(change([](auto& other) { other.tuning.stop_early = true; }),
              HasSubstr("without --stop-early, not with it ("));
  auto data = facts();
  data[1].train_examples = 7;
  EXPECT_THAT(message(options(), data), HasSubstr("with data airfoil: train 0, not 7 ("));
  data.pop_back();
  EXPECT_THAT(message(options(), data), HasSubstr("with --data digits,airfoil, not digits ("));
  compare::Options other = options();
  other.target = compare::Target{.value = 0.5};  // says nothing of the runs
  EXPECT_NO_THROW(check_same_protocol("runs.jsonl", header_of(other, facts()), header()));
}

TEST(JournalHeader, ThatIsNoneIsRefused) {
  for (const char* found : {"", "{", "[]", R"({"ravine": "0.1.0"})", "1"}) {
    const auto message = HasSubstr("a/runs.jsonl:1: does not say what the runs were made with");
    EXPECT_TRUE(test::throws<InputError>(
        [&] { check_same_protocol("a/runs.jsonl", header(), found); }, message));
    EXPECT_TRUE(test::throws<InputError>([&] { facts_of_header("a/runs.jsonl", found); }, message));
  }
}

TEST(RunJournal, HasEachRunAtOnceAndGoesOn) {
  const Folder folder;
  const auto path = folder.path() / journal_file_name;
  {
    RunJournal journal(path, header());
    EXPECT_THAT(journal.earlier(), IsEmpty());
    EXPECT_EQ(content_of(path), header() + "\n");
    journal.add(fresh_run(1));
    EXPECT_EQ(content_of(path), header() + "\n" + record_line(fresh_run(1)));
  }
  RunJournal journal(path, header());
  ASSERT_THAT(journal.earlier(), SizeIs(1));
  EXPECT_EQ(journal.earlier()[0].run, fresh_run(1).run);
  journal.add(diverged_trial());
  const JournalContents contents = read_journal(path);
  EXPECT_EQ(contents.header, header());
  ASSERT_THAT(contents.runs, SizeIs(2));
  EXPECT_EQ(contents.runs[1].run, diverged_trial().run);
}

TEST(RunJournal, CutShortAnywhereLosesNoMoreThanTheLineThatWasCut) {
  const Folder folder;
  const std::string begin = header() + "\n";
  const std::string first = record_line(fresh_run(1));
  const std::string second = record_line(diverged_trial());
  const std::string whole = begin + first + second;
  // Every byte of the runs, and some of the long header.
  for (std::size_t size = 0; size <= whole.size(); size += size < begin.size() - 9 ? 9 : 1) {
    const auto path = folder.write("runs.jsonl", whole.substr(0, size));
    const std::size_t left = size < begin.size() + first.size() ? 0 : size < whole.size() ? 1 : 2;
    const std::string kept = begin + (left > 0 ? first : "") + (left > 1 ? second : "");
    if (size >= begin.size()) {
      EXPECT_THAT(read_journal(path).runs, SizeIs(left)) << size;
    }
    RunJournal journal(path, header());
    ASSERT_THAT(journal.earlier(), SizeIs(left)) << size;
    journal.add(fresh_run(2));
    ASSERT_EQ(content_of(path), kept + record_line(fresh_run(2))) << size;
  }
}

TEST(RunJournal, BadLinesAreNamed) {
  const Folder folder;
  const auto path = folder.write("runs.jsonl", header() + "\n" + record_line(fresh_run(1)) +
                                                   "{\"data\"\n" + record_line(fresh_run(2)));
  const auto message = AllOf(StartsWith(path.string() + ":3: not a run as `ravine compare` writes"),
                             EndsWith("(take the line out to have its run made again)"));
  EXPECT_TRUE(test::throws<InputError>([&] { read_journal(path); }, message));
  const std::string before = content_of(path);
  EXPECT_TRUE(test::throws<InputError>([&] { RunJournal(path, header()); }, message));
  EXPECT_EQ(content_of(path), before);
}

TEST(RunJournal, WhatIsNoneIsLeftAsItIs) {
  const Folder folder;
  for (const char* content : {"my notes", "my notes\n", "my notes\nand more"}) {
    const auto path = folder.write("runs.jsonl", content);
    EXPECT_THAT(test::message([&] { RunJournal(path, header()); }), StartsWith(path.string()));
    EXPECT_EQ(content_of(path), content);
  }
}

TEST(RunJournal, OfOtherOptionsIsRefused) {
  const Folder folder;
  const auto path = folder.path() / "runs.jsonl";
  { const RunJournal journal(path, header()); }
  compare::Options other = options();
  other.seeds = 3;
  EXPECT_TRUE(test::throws<InputError>([&] { RunJournal(path, header_of(other, facts())); },
                                       HasSubstr("was made with --seeds 5, not 3")));
}

TEST(RunJournal, HasOneWriterAtATime) {
  const Folder folder;
  const auto path = folder.path() / "runs.jsonl";
  {
    const RunJournal journal(path, header());
    EXPECT_TRUE(test::throws<InputError>([&] { RunJournal(path, header()); },
                                         HasSubstr("another process is adding its runs")));
  }
  EXPECT_NO_THROW(RunJournal(path, header()));
}

TEST(RunJournal, ThatCannotBeOpenedIsRefused) {
  const Folder folder;
  const auto missing = folder.path() / "no" / "runs.jsonl";
  EXPECT_TRUE(test::throws<InputError>([&] { RunJournal(missing, header()); },
                                       HasSubstr("cannot be written (No such file")));
  EXPECT_TRUE(test::throws<InputError>([&] { read_journal(missing); },
                                       HasSubstr("cannot be read (No such file")));
  EXPECT_TRUE(test::throws<InputError>([&] { read_journal(folder.path()); },
                                       HasSubstr("cannot be read (it is a folder)")));
  EXPECT_TRUE(test::throws<InputError>([&] { read_journal(folder.write("empty", "")); },
                                       HasSubstr("empty: has no first line that says what")));
}

/// No file grows beyond so many bytes while it lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{.rlim_cur = bytes, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST(RunJournal, OnAFullDiskKeepsWhatWasWritten) {
  const Folder folder;
  const auto path = folder.path() / "runs.jsonl";
  RunJournal journal(path, header());
  journal.add(fresh_run(1));
  const std::string before = content_of(path);
  std::string message;
  {
    const FileSizeLimit limit(before.size() + 10);  // room for half a line
    message = test::message<IoError>([&] { journal.add(fresh_run(2)); });
  }
  EXPECT_EQ(message, path.string() + ": could not be written (File too large)");
  EXPECT_EQ(content_of(path), before);
  journal.add(fresh_run(3));
  EXPECT_THAT(read_journal(path).runs, SizeIs(2));
}

TEST(JournalHeader, SaysWhereTheRunsWereMadeAndGoesOnElsewhere) {
  const MadeOn found = made_on_of_header("runs.jsonl", header());
  EXPECT_EQ(found.environment.cpu, "a cpu");
  EXPECT_EQ(found.jobs, 2U);
  EXPECT_TRUE(found.is_like(here()));
  MadeOn other = here();
  other.environment.blas_core = "Zen";
  EXPECT_FALSE(found.is_like(other));
  EXPECT_NO_THROW(
      check_same_protocol("runs.jsonl", journal_header(options(), {}, facts(), other), header()));
  EXPECT_TRUE(test::throws<InputError>([] { made_on_of_header("runs.jsonl", "{}"); },
                                       HasSubstr("runs.jsonl:1: does not say")));
}

TEST(JournalHeader, TellsHowDataAreRead) {
  EXPECT_TRUE(test::throws<InputError>(
      [] {
        check_same_protocol("runs.jsonl", header_of(options(), facts(), {.test_fraction = 0.5}),
                            header());
      },
      HasSubstr("was made with --test-fraction 0.2, not 0.5")));
  EXPECT_TRUE(test::throws<InputError>(
      [] {
        check_same_protocol("runs.jsonl", header_of(options(), facts(), {.drop = {"city"}}),
                            header());
      },
      HasSubstr("was made without --drop, not with city")));
}

TEST(JournalHeader, BringsTheDataBack) {
  std::vector<compare::DataFacts> data = facts();
  data[0].fingerprint = 0xffffffffffffffffU;
  EXPECT_EQ(facts_of_header("runs.jsonl", header_of(options(), data)), data);
}

}  // namespace
}  // namespace ravine::report
