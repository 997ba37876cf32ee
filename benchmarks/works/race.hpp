#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "process.hpp"

namespace ravine::benchmarks {

/// What a program was measured to take.
struct Measured {
  double seconds = 0;
  double peak_bytes = 0;  ///< of whole processes
};

/// The threads a program is given: the number it is told, and what the environment says beside.
struct Way {
  std::string label;  ///< "2 threads"
  std::size_t threads;
  Environment environment = {};
};

/// A program in a race, with the ways it may run; the best of them counts. `measure` throws where
/// the program fails.
struct Lane {
  std::string program;
  std::vector<Way> ways;
  std::function<Measured(const Way&)> measure;
};

/// Measures of one way, a row for each round; none where the round left it out.
using Rounds = std::vector<std::optional<Measured>>;

/// What programs race at.
struct Subject {
  std::string work;       ///< "W1"
  std::string title;      ///< "MNIST, 784-256-128-10, batch 64, Adam"
  std::string condition;  ///< "1 thread"; empty where there is but one race of the work
  /// That a step handles; 0 where there are none to count.
  std::size_t examples = 0;
};

/// Programs that do the same work, in turns, so that whatever else the machine does meets all.
class Race {
 public:
  Race(Subject subject, std::vector<Lane> lanes);

  /// A turn for every lane. The first tries all ways; later ones leave out those far behind.
  void run_round();

  const Subject& subject() const { return subject_; }

  struct Result {
    std::string program;
    std::string way;
    Rounds rounds;
    std::string failure;  ///< what the program said, if it failed

    /// None when it never came through.
    std::optional<double> median_seconds() const;
    double lowest_seconds() const;
    double highest_seconds() const;
    double median_peak_bytes() const;
  };
  /// By lane, each in its best way.
  std::vector<Result> results() const;
  /// Throws std::out_of_range for a program that is not in this race.
  Result result(const std::string& program) const;
  bool has(const std::string& program) const;

 private:
  struct Track {
    Lane lane;
    std::vector<Rounds> rounds;  // by way
    std::string failure;
  };
  static std::size_t best_way(const Track& track);

  Subject subject_;
  std::vector<Track> tracks_;
};

double median(std::vector<double> values);

/// How many times as long `a` takes as `b`: the median over the rounds that both ran in. None where
/// there are none.
std::optional<double> time_ratio(const Race::Result& a, const Race::Result& b);

}  // namespace ravine::benchmarks
