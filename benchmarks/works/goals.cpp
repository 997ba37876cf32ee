#include "goals.hpp"

#include <algorithm>

#include "works.hpp"

namespace ravine::benchmarks {
namespace {

constexpr double megabyte = 1e6;

class Goals {
 public:
  /// ravine's speed as a share of the floor's.
  void share_of_floor(const std::string& what, const Race& race, double bound) {
    if (const auto ratio = time_ratio(race.result("floor"), race.result("ravine")))
      add({what + ": share of the floor's speed", *ratio, bound, true, ""});
  }
  void times_as_fast(const std::string& what, const Race& race, const std::string& peer,
                     double bound) {
    if (!race.has(peer)) return;
    if (const auto ratio = time_ratio(race.result(peer), race.result("ravine")))
      add({what + ": times as fast as " + peer, *ratio, bound, true, ""});
  }
  void times_as_fast_as_all(const std::string& what, const Race& race, double bound) {
    std::vector<double> ratios;
    for (const Race::Result& result : race.results())
      if (result.program != "floor" && result.program != "ravine")
        if (const auto ratio = time_ratio(result, race.result("ravine"))) ratios.push_back(*ratio);
    if (!ratios.empty())
      add({what + ": times as fast as the best peer", *std::ranges::min_element(ratios), bound,
           true, ""});
  }
  void times_the_floor(const std::string& what, const Race& race, double bound) {
    if (const auto ratio = time_ratio(race.result("ravine"), race.result("floor")))
      add({what + ": time over the floor's", *ratio, bound, false, ""});
  }
  void add(Goal goal) { found.push_back(std::move(goal)); }

  std::vector<Goal> found;
};

void add_training(Goals& goals, const Race& race) {
  const Subject& subject = race.subject();
  const std::string what = subject.work + ", " + subject.condition;
  if (subject.work == "W1" || subject.work == "W3") goals.share_of_floor(what, race, 0.80);
  if (subject.work == "W1") {
    goals.times_as_fast(what, race, "libtorch", 2.5);
    goals.times_as_fast_as_all(what, race, 1.6);
  }
  if (subject.work == "W5") {
    goals.share_of_floor("W5", race, 0.45);
    goals.times_as_fast("W5", race, "PyTorch", 9);
  }
  if (subject.work == "W2") {
    if (const auto seconds = race.result("ravine").median_seconds())
      goals.add({"W2: time of a step", *seconds * 1e6, 0.25, false, " us"});
    goals.times_as_fast("W2", race, "PyTorch", 200);
  }
}

void add_process(Goals& goals, const Race& race) {
  for (const std::string program : {"ravine", "ravine, gzipped files"}) {
    if (!race.has(program)) continue;
    const Race::Result result = race.result(program);
    const auto seconds = result.median_seconds();
    if (!seconds) continue;
    const std::string what = "W6" + program.substr(std::string("ravine").size());
    goals.add({what + ": wall time", *seconds, 0.60, false, " s"});
    goals.add({what + ": peak memory", result.median_peak_bytes() / megabyte, 130, false, " MB"});
  }
}

void add_update(Goals& goals, const Race& race) {
  const auto& [work, rule, condition, examples] = race.subject();
  const bool large = condition == one_large.title;
  goals.times_the_floor("W4, " + rule + ", " + condition, race, large ? 1.15 : 1.5);
  if (large) goals.times_as_fast("W4, " + rule + ", " + condition, race, "PyTorch", 6);
}

void add_memory(Goals& goals, const Race& race) {
  const Race::Result result = race.result("ravine");
  if (result.median_seconds())
    goals.add({"memory: peak over parameters, state, activations and data",
               result.median_peak_bytes() / expected_bytes(large), 1.10, false, ""});
}

}  // namespace

std::vector<Goal> goals(const std::vector<Race>& races) {
  Goals goals;
  for (const Race& race : races) {
    const std::string& work = race.subject().work;
    if (work == "W4")
      add_update(goals, race);
    else if (work == "W6")
      add_process(goals, race);
    else if (work == "memory")
      add_memory(goals, race);
    else
      add_training(goals, race);
  }
  return goals.found;
}

}  // namespace ravine::benchmarks
