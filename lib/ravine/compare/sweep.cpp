#include "ravine/compare/sweep.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "ravine/compare/run_once.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::compare {
namespace {

/// One compute thread while it lives.
class OneThread {
 public:
  OneThread() : before_(threads()) { set_threads(1); }
  ~OneThread() { set_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  std::size_t before_;
};

/// What the jobs share, all of it behind one lock.
class Board {
 public:
  Board(std::span<const Problem> problems, const Options& options, const Shard& shard, Runs& runs,
        const SweepObserver& observer)
      : problems_(problems),
        options_(options),
        runs_(runs),
        observer_(observer),
        plans_(runs.size()) {
    for (std::size_t entry = 0; entry < runs.size(); ++entry)
      if (shard.holds(entry)) plan(entry);
  }

  /// Makes runs until none is left, or one has failed.
  void work() {
    try {
      std::unique_lock lock(mutex_);
      while (const auto place = take(lock)) make(*place, lock);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  /// Runs in all, as far as can be told.
  std::size_t expected() const { return state().expected; }

  void rethrow_failure() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  struct Planned {
    Plan plan;
    std::size_t done = 0;
    std::size_t under_way = 0;
  };
  /// A run that a job has taken, and whose it is.
  struct Place {
    std::size_t entry;
    Assignment assignment;
  };

  Entry entry_of(std::size_t entry) const {
    return {.problem = entry / options_.contenders.size(),
            .contender = entry % options_.contenders.size()};
  }

  void plan(std::size_t entry) {
    const Entry place = entry_of(entry);
    if (!plans_[entry]) plans_[entry].emplace();
    plans_[entry]->plan = plan_of(options_.contenders[place.contender], options_,
                                  metric_of(problems_[place.problem].facts.task), runs_[entry]);
    plans_[entry]->done = runs_[entry].size();
  }

  bool is_under_way(std::size_t entry, const RunKey& key) const {
    const Entry place = entry_of(entry);
    return std::ranges::any_of(
        running_, [&](const Running& run) { return run.entry == place && run.key == key; });
  }

  /// Of the entry that is furthest behind: a sweep that is broken off has treated all alike, and a
  /// machine that slows down slows them all.
  std::optional<Place> next() const {
    std::optional<Place> best;
    std::size_t least = 0;
    for (std::size_t entry = 0; entry < plans_.size(); ++entry) {
      if (!plans_[entry]) continue;
      const std::size_t begun = plans_[entry]->done + plans_[entry]->under_way;
      if (best && begun >= least) continue;
      for (const Assignment& assignment : plans_[entry]->plan.ready) {
        if (is_under_way(entry, assignment.key)) continue;
        best = Place{.entry = entry, .assignment = assignment};
        least = begun;
        break;
      }
    }
    return best;
  }

  bool must_stop() const { return failure_ || (observer_.go_on && !observer_.go_on()); }

  /// Waits for a run that can be made; none when all are done, or no more are to be made.
  std::optional<Place> take(std::unique_lock<std::mutex>& lock) {
    while (!must_stop()) {
      if (auto place = next()) {
        const Assignment& assignment = place->assignment;
        ++plans_[place->entry]->under_way;
        running_.push_back({.entry = entry_of(place->entry),
                            .key = assignment.key,
                            .fresh = assignment.fresh,
                            .epochs = options_.fit.epochs});
        return place;
      }
      if (running_.empty()) return {};
      changed_.wait(lock);
    }
    return {};
  }

  std::vector<Running>::iterator running(const Place& place) {
    const Entry entry = entry_of(place.entry);
    return std::ranges::find_if(running_, [&](const Running& run) {
      return run.entry == entry && run.key == place.assignment.key;
    });
  }

  void make(const Place& place, std::unique_lock<std::mutex>& lock) {
    const Entry entry = entry_of(place.entry);
    report_progress();
    lock.unlock();
    const auto on_epoch = [&](std::size_t epoch) {
      const std::lock_guard again(mutex_);
      running(place)->epoch = epoch;
      report_progress();
    };
    std::optional<Run> run =
        run_once(problems_[entry.problem], options_, options_.contenders[entry.contender],
                 place.assignment, {.on_epoch = on_epoch, .go_on = observer_.go_on});
    lock.lock();
    running_.erase(running(place));
    --plans_[place.entry]->under_way;
    if (run) {
      // A plan points at the runs, which may move: it is made anew at once.
      runs_[place.entry].push_back(std::move(*run));
      plan(place.entry);
      if (observer_.on_run) observer_.on_run(entry, runs_[place.entry].back(), state());
    }
    changed_.notify_all();
  }

  SweepState state() const {
    SweepState state{.running = running_};
    for (const auto& planned : plans_) {
      if (!planned) continue;
      state.done += planned->done;
      state.expected += planned->plan.expected;
    }
    return state;
  }

  void report_progress() const {
    if (observer_.on_progress) observer_.on_progress(state());
  }

  std::span<const Problem> problems_;
  const Options& options_;
  Runs& runs_;
  const SweepObserver& observer_;
  std::vector<std::optional<Planned>> plans_;  // none for entries of other shards
  std::vector<Running> running_;
  std::exception_ptr failure_;
  std::mutex mutex_;
  std::condition_variable changed_;
};

}  // namespace

void sweep(std::span<const Problem> problems, const Options& options,
           const SweepOptions& sweep_options, Runs& runs, const SweepObserver& observer) {
  runs.resize(problems.size() * options.contenders.size());
  const OneThread one_thread;
  Board board(problems, options, sweep_options.shard, runs, observer);
  {
    std::vector<std::jthread> helpers;
    const std::size_t jobs = std::min(sweep_options.jobs, board.expected());
    for (std::size_t job = 1; job < jobs; ++job) helpers.emplace_back([&board] { board.work(); });
    board.work();
  }
  board.rethrow_failure();
}

std::size_t missing_runs(std::span<const DataFacts> facts, const Options& options,
                         const Shard& shard, const Runs& runs) {
  std::size_t missing = 0;
  for (std::size_t entry = 0; entry < runs.size(); ++entry) {
    if (!shard.holds(entry)) continue;
    const Plan plan =
        plan_of(options.contenders[entry % options.contenders.size()], options,
                metric_of(facts[entry / options.contenders.size()].task), runs[entry]);
    if (!plan.complete) missing += plan.expected - std::min(plan.expected - 1, runs[entry].size());
  }
  return missing;
}

}  // namespace ravine::compare
