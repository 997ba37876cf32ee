#include <algorithm>
#include <iostream>
#include <memory>
#include <mutex>

#include "choices.hpp"
#include "compute.hpp"
#include "interrupt.hpp"
#include "log.hpp"
#include "output.hpp"
#include "ravine/compare/comparison.hpp"
#include "ravine/report/comparison_json.hpp"
#include "ravine/report/comparison_text.hpp"
#include "ravine/report/journal_header.hpp"
#include "ravine/report/one_line.hpp"
#include "ravine/report/run_record.hpp"
#include "ravine/report/sweep_folder.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "subcommands.hpp"
#include "sweep_progress.hpp"

namespace ravine::apps {
namespace {

struct CompareOptions {
  std::vector<std::string> data;
  DataChoice reading;
  ModelChoice model;
  std::vector<optim::Spec> optimizers = optim::parse_specs("sgd,momentum,rmsprop,adam");
  std::vector<std::vector<compare::AskedRange>> ranges;
  compare::Options protocol;
  std::optional<std::size_t> jobs;
  std::filesystem::path report;
  std::optional<compare::Shard> shard;
  bool merge = false;
};

void declare_compare(Options& options, CompareOptions& compare) {
  options.repeated("--data", "NAME|FILE", compare.data,
                   "a dataset or a file as for `ravine train`; give it again for further ones",
                   Need::required);
  declare(options, compare.model);
  options.value("--optimizers", "NAME[:SETTING,...],...", compare.optimizers,
                "see `ravine optimizers`; what is set, as in sgd,adam:beta2=0.99, is not tuned");
  options.count("--trials", compare.protocol.tuning.trials,
                "settings tried of each optimizer, its defaults first; 1: nothing is tuned");
  options.value("--search", "HOW", compare.protocol.tuning.search,
                text("how they are chosen: ", joined(compare::search_names())));
  options.repeated(
      "--range", "NAME:FIELD=LOW..HIGH,...", compare.ranges,
      "where an optimizer's values are searched, as in adam:lr=1e-4..1e-1 (two decades "
      "on each side of the default rate, and what `ravine optimizers NAME` says)");
  options.flag("--stop-early", compare.protocol.tuning.stop_early,
               "give up trials that are worse than the median of those before");
  options.count("--seeds", compare.protocol.seeds,
                "fresh runs of each selected setting, which the test part judges");
  options.value("--validation", "X", compare.protocol.validation,
                "share of the training part that settings are selected by");
  options.value(
      "--target-metric", "[NAME=]X", compare.protocol.target,
      "validation metric to be reached, as in 0.95; with its name, of the data that have it, "
      "as in rmse=3 (1 % from the best median)");
  declare(options, compare.protocol.groups);
  declare(options, compare.protocol.fit);
  declare(options, compare.reading);
  options.value("--jobs", "N", compare.jobs, "runs side by side, each on one thread (--threads)");
  options.value("--report", "DIR", compare.report,
                "folder for the report and the runs; with the runs there, only what is missing is "
                "done");
  options.value("--shard", "I/N", compare.shard, "do a part of the optimizers and data, as 2/4");
  options.flag("--merge", compare.merge, "make the report of all parts that are in --report");
}

compare::Options protocol_of(const CompareOptions& options, const Common& common) {
  compare::Options protocol = options.protocol;
  protocol.model = options.model.kind;
  protocol.hidden = hidden_layers(options.model);
  protocol.activation = options.model.activation;
  protocol.seed = common.seed.value_or(default_seed);
  protocol.contenders = options.optimizers;
  for (const auto& ranges : options.ranges)
    protocol.ranges.insert(protocol.ranges.end(), ranges.begin(), ranges.end());
  return protocol;
}

void check_request(const CompareOptions& options) {
  for (const std::string& data : options.data)
    if (std::ranges::count(options.data, data) > 1)
      throw InputError(text("--data: '", data, "' was named twice"));
  for (const std::string& data : options.data)
    if (report::one_line(data) != data)
      throw InputError(text("--data: the name '", data,
                            "' has a control character, which would break the lines of a report "
                            "(rename the file)"));
  if (options.jobs && (*options.jobs == 0 || *options.jobs > most_threads))
    throw InputError(
        text("--jobs: must be from 1 to ", most_threads, ", ", *options.jobs, " was given"));
  if ((options.shard || options.merge) && options.report.empty())
    throw InputError(text(options.merge ? "--merge" : "--shard",
                          " needs --report DIR, where the runs of all parts are"));
  if (options.shard && options.merge)
    throw InputError("--shard makes runs and --merge joins them: one at a time");
}

/// Two machines round differently, and neither their times nor those of other jobs beside a run can
/// be compared.
void warn_of_mixture(const std::vector<report::MadeOn>& made_on) {
  if (made_on.size() < 2) return;
  std::vector<std::string> places;
  places.reserve(made_on.size());
  for (const report::MadeOn& made : made_on)
    places.push_back(text(made.environment.cpu, " (BLAS core ", made.environment.blas_core, ", ",
                          made.environment.simd, ", jobs ", made.jobs, ")"));
  log::warning(
      text("the runs were made in different ways, so that their times cannot be compared, "
           "nor their last digits between machines: ",
           joined(places, "; "), "; the report names the first"));
}

/// Makes what is missing. The journal, where there is one, has each run as soon as it is done.
report::SweptRuns swept(const CompareOptions& options, const compare::Options& protocol,
                        const data::LoadOptions& load, const report::MadeOn& here,
                        const Common& common) {
  std::vector<compare::Problem> problems;
  report::SweptRuns result{.facts = {}, .runs = {}, .made_on = {here}};
  for (const std::string& name : options.data) {
    problems.push_back(compare::make_problem(name, data::load(name, load), protocol));
    compare::check(protocol, problems.back());
    result.facts.push_back(problems.back().facts);
  }
  compare::check_target(protocol, result.facts);

  std::optional<report::RunJournal> journal;
  if (!options.report.empty()) {
    const std::string header = report::journal_header(protocol, load, result.facts, here);
    report::check_all_same(options.report, header);
    journal.emplace(report::journal_path(options.report, options.shard), header);
    result.runs = report::runs_of_entries(journal->earlier(), result.facts, protocol.contenders);
    result.made_on = {report::made_on_of_header(options.report, journal->header())};
    if (!result.made_on.front().is_like(here)) result.made_on.push_back(here);
  }

  std::size_t done_before = 0;
  for (const std::vector<compare::Run>& runs : result.runs) done_before += runs.size();
  if (done_before != 0 && !common.quiet) {
    const compare::Shard shard = options.shard.value_or(compare::Shard{});
    const std::size_t missing = compare::missing_runs(result.facts, protocol, shard, result.runs);
    const auto journal_file = report::journal_path(options.report, options.shard).filename();
    std::cerr << text(done_before, " of ", done_before + missing, " runs ",
                      done_before == 1 ? "is" : "are", " in ", journal_file.string(), " already\n");
  }
  SweepProgress progress(
      common.quiet,
      {.data = options.data, .contenders = protocol.contenders, .done_before = done_before});
  catch_interrupts();
  const auto on_run = [&](const compare::Entry& entry, const compare::Run& run,
                          const compare::SweepState& state) {
    const report::RunRecord record{.data = options.data[entry.problem],
                                   .optimizer = text(protocol.contenders[entry.contender]),
                                   .fresh = run.key.seed != protocol.seed,
                                   .run = run};
    if (journal) journal->add(record);
    progress.line(report::run_line(record, result.facts[entry.problem].task));
    progress.show(state);
  };
  compare::sweep(problems, protocol,
                 {.jobs = here.jobs, .shard = options.shard.value_or(compare::Shard{})},
                 result.runs,
                 {.on_run = on_run,
                  .on_progress = [&](const compare::SweepState& state) { progress.show(state); },
                  .go_on = [] { return interruption() == 0; }});
  return result;
}

/// Says what becomes of the runs of a sweep that was broken off.
int end_early(const CompareOptions& options, std::size_t missing) {
  log::warning(text("interrupted with ", missing, " runs to go; ",
                    options.report.empty()
                        ? "without --report DIR none are kept"
                        : "the same command goes on from those in " + options.report.string()));
  return 128 + interruption();
}

int run_compare(const CompareOptions& options, const Common& common) {
  check_request(options);
  const compare::Options protocol = protocol_of(options, common);
  compare::check(protocol);
  const data::LoadOptions load = load_options(options.reading, options.model.kind, common);
  const report::MadeOn here{.environment = start_compute({.threads = 1}),
                            .jobs = options.jobs.value_or(common.threads)};
  const auto all = options.merge ? report::merge(options.report, options.data, protocol, load)
                                 : swept(options, protocol, load, here, common);
  compare::check_target(protocol, all.facts);
  const std::size_t missing = compare::missing_runs(
      all.facts, protocol, options.shard.value_or(compare::Shard{}), all.runs);
  if (interruption() != 0 && missing != 0) return end_early(options, missing);
  warn_of_mixture(all.made_on);
  if (options.shard) {
    print(text("part ", options.shard->index + 1, " of ", options.shard->of,
               " is done: ", report::journal_path(options.report, options.shard).string(), "\n"));
    return 0;
  }

  report::Results results;
  results.options = protocol;
  results.reading = load;
  results.environment = all.made_on.front().environment;
  results.jobs = all.made_on.front().jobs;
  const std::size_t contenders = protocol.contenders.size();
  for (std::size_t i = 0; i < all.facts.size(); ++i)
    results.comparisons.push_back(compare::compare_runs(
        all.facts[i], protocol, std::span(all.runs).subspan(i * contenders, contenders)));
  if (results.comparisons.size() > 1) results.profiles = compare::profiles_of(results.comparisons);
  if (!options.report.empty()) report::write_report(options.report, results);
  print(common.json ? report::comparison_json(results) : report::comparison_text(results));
  return 0;
}

}  // namespace

Subcommand compare_subcommand(const Common& common) {
  const auto options = std::make_shared<CompareOptions>();
  return {.name = "compare",
          .summary = "Tune several optimizers alike, and see which does best and by how much",
          .declare = [options](Options& declared) { declare_compare(declared, *options); },
          .run = [options, &common] { return run_compare(*options, common); }};
}

}  // namespace ravine::apps
