#include "works.hpp"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "../data.hpp"
#include "ravine/data/catalog.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::benchmarks {
namespace {

using Command = std::vector<std::string>;

void check(const Command& command, const Ended& ended) {
  if (ended.status == 0) return;
  throw std::runtime_error(text(command.front(), " ended with status ", ended.status, ": ",
                                ended.err.substr(0, ended.err.find('\n'))));
}

/// The first number that a program printed; a loss after it has to be finite.
double seconds_in(const Command& command, const Ended& ended) {
  check(command, ended);
  std::istringstream out(ended.out);
  double seconds = 0;
  if (!(out >> seconds))
    throw std::runtime_error(text(command.front(), " printed no number: ", ended.out));
  std::string loss;
  if (out >> loss && !std::isfinite(std::stod(loss)))
    throw std::runtime_error(text(command.front(), " diverged: its loss is ", loss));
  return seconds;
}

Command with(Command command, const Command& words) {
  command.insert(command.end(), words.begin(), words.end());
  return command;
}

/// A program that prints what a step took.
Lane printing_lane(std::string name, const Command& command, std::vector<Way> ways) {
  return {
      .program = std::move(name), .ways = std::move(ways), .measure = [command](const Way& way) {
        const Command all = with(command, {text("threads=", way.threads)});
        const Ended ended = run(all, way.environment);
        return Measured{.seconds = seconds_in(all, ended),
                        .peak_bytes = static_cast<double>(ended.peak_bytes)};
      }};
}

/// A program that is measured as a whole, told its threads by this option.
Lane process_lane(std::string name, const Command& command, std::vector<Way> ways,
                  const std::string& threads_option) {
  return {.program = std::move(name), .ways = std::move(ways), .measure = [=](const Way& way) {
            const Ended ended =
                run(with(command, {text(threads_option, way.threads)}), way.environment);
            check(command, ended);
            return Measured{.seconds = ended.seconds,
                            .peak_bytes = static_cast<double>(ended.peak_bytes)};
          }};
}

Command words_of(const Course& course, const std::string& kind, const Work& work) {
  return {kind,
          "widths=" + joined(work.widths, ","),
          text("batch=", work.batch),
          "rule=" + work.rule,
          text("lr=", work.lr),
          "folder=" + course.folder.string(),
          text("seconds=", course.seconds)};
}

void add_peers(std::vector<Lane>& lanes, const Course& course, const Work& work) {
  for (const Peer& peer : course.programs.peers)
    if (work.widths.back() > 1 || peer.regresses)
      lanes.push_back(
          printing_lane(peer.name, with(peer.command, words_of(course, "train", work)), peer.ways));
}

Way threads_way(std::size_t threads) {
  return {.label = text(threads, threads == 1 ? " thread" : " threads"), .threads = threads};
}

/// The floor is the best of what it may use: the threads of BLAS, which wait for each other where
/// other programs run, can be slower than one.
std::vector<Lane> our_lanes(const Course& course, const Command& words,
                            const std::vector<Way>& ways) {
  const std::vector<Way> floor_ways = ways_of_ours(ways.back().threads);
  return {printing_lane("floor", with(course.programs.floor, words), floor_ways),
          printing_lane("ravine", with(course.programs.ravine, words), ways)};
}

Subject subject_of(const Work& work, const std::string& condition) {
  return {.work = work.name,
          .title = work.title,
          .condition = condition,
          .examples = work.widths.back() > 1 ? work.batch : 0};
}

}  // namespace

Race floor_race(const Course& course, const Work& work, const Subject& subject) {
  return {subject, our_lanes(course, words_of(course, "train", work), {threads_way(course.cores)})};
}

Race training_race(const Course& course, const Work& work, std::size_t threads, bool with_peers) {
  const Way way = threads_way(threads);
  std::vector<Lane> lanes = our_lanes(course, words_of(course, "train", work), {way});
  if (with_peers) add_peers(lanes, course, work);
  return {subject_of(work, way.label), std::move(lanes)};
}

Race best_training_race(const Course& course, const Work& work) {
  std::vector<Lane> lanes =
      our_lanes(course, words_of(course, "train", work), ways_of_ours(course.cores));
  add_peers(lanes, course, work);
  return {subject_of(work, ""), std::move(lanes)};
}

Race update_race(const Course& course, const std::string& rule, std::size_t slots,
                 const Tensors& tensors) {
  const Command words{"update",
                      "rule=" + rule,
                      text("slots=", slots),
                      text("tensors=", tensors.count),
                      text("elements=", tensors.elements),
                      text("seconds=", course.seconds / 2)};
  std::vector<Lane> lanes = our_lanes(course, words, ways_of_ours(course.cores));
  if (rule == "adam")
    for (const Peer& peer : course.programs.peers)
      if (peer.updates)
        lanes.push_back(printing_lane(peer.name, with(peer.command, words), peer.ways));
  return {{.work = "W4", .title = rule, .condition = tensors.title}, std::move(lanes)};
}

Race process_race(const Course& course) {
  const Command command =
      with(course.programs.command, {"train", "--data", "mnist", "--model", "mlp", "--hidden",
                                     "256,128", "--optimizer", w1.rule, "--lr", text(w1.lr),
                                     "--batch-size", text(w1.batch), "--epochs", "1", "--quiet"});
  const std::vector<Way> ways = ways_of_ours(course.cores);
  std::vector<Lane> lanes{process_lane(
      "ravine", with(command, {"--data-dir", course.folder.string()}), ways, "--threads=")};
  if (data::find_folder(*data::find_in_catalog("mnist"), {}))
    lanes.push_back(process_lane("ravine, gzipped files", command, ways, "--threads="));
  for (const Peer& peer : course.programs.peers)
    lanes.push_back(process_lane(peer.name, with(peer.command, words_of(course, "epoch", w1)),
                                 peer.ways, "threads="));
  return {{.work = "W6", .title = "whole process, one epoch of W1", .condition = ""},
          std::move(lanes)};
}

Race collision_race(const Course& course) {
  const std::string threads = std::to_string(course.cores);
  const Way both{.label = threads + " threads, BLAS " + threads,
                 .threads = course.cores,
                 .environment = {{"OMP_NUM_THREADS", threads}, {"OPENBLAS_NUM_THREADS", threads}}};
  const Command words = words_of(course, "train", w1);
  const Command ours = with(course.programs.ravine, words);
  std::vector<Lane> lanes{printing_lane("ravine", ours, {threads_way(course.cores)}),
                          printing_lane("ravine, both set", ours, {both})};
  for (const Peer& peer : course.programs.peers)
    if (peer.name == "PyTorch") {
      const Command theirs = with(peer.command, words);
      lanes.push_back(printing_lane(peer.name, theirs, peer.ways));
      lanes.push_back(printing_lane(peer.name + ", both set", theirs, {both}));
    }
  return {{.work = "threads",
           .title = "W1 with the threads of both pools set",
           .condition = "",
           .examples = w1.batch},
          std::move(lanes)};
}

Race neighbour_race(const Course& course) {
  const Command words = words_of(course, "train", w1);
  const auto beside_itself = [](const Command& alone) {
    return [alone](const Way& way) {
      const Command command = with(alone, {text("threads=", way.threads)});
      const Process one(command, way.environment);
      const Process other(command, way.environment);
      const double first = seconds_in(command, one.wait());
      const double second = seconds_in(command, other.wait());
      return Measured{.seconds = (first + second) / 2};
    };
  };
  std::vector<Lane> lanes;
  for (const auto& [name, program] :
       {std::pair{"floor", course.programs.floor}, std::pair{"ravine", course.programs.ravine}}) {
    const Way way = threads_way(course.cores);
    lanes.push_back(printing_lane(name, with(program, words), {way}));
    lanes.push_back({.program = text(name, ", one of two"),
                     .ways = {way},
                     .measure = beside_itself(with(program, words))});
  }
  return {{.work = "threads",
           .title = "W1 beside a second copy of the process",
           .condition = "",
           .examples = w1.batch},
          std::move(lanes)};
}

Race memory_race(const Course& course) {
  Course brief = course;
  brief.seconds = 0.2;
  return {{.work = "memory", .title = large.title, .condition = "", .examples = large.batch},
          {printing_lane("ravine", with(course.programs.ravine, words_of(brief, "train", large)),
                         {threads_way(course.cores)})}};
}

double expected_bytes(const Work& work) {
  std::size_t parameters = 0;
  std::size_t units = work.widths.front();
  for (std::size_t i = 1; i < work.widths.size(); ++i) {
    parameters += work.widths[i] * (work.widths[i - 1] + 1);
    units += 2 * work.widths[i];
  }
  constexpr std::size_t examples = 60'000;
  constexpr std::size_t adam_state = 2;
  return static_cast<double>(sizeof(float) * (parameters * (2 + adam_state) + work.batch * units) +
                             examples * (pixels + sizeof(float)));
}

}  // namespace ravine::benchmarks
