#include "race.hpp"

#include <algorithm>
#include <exception>
#include <limits>
#include <stdexcept>
#include <utility>

namespace ravine::benchmarks {
namespace {

std::vector<double> seconds_of(const Rounds& rounds) {
  std::vector<double> seconds;
  for (const auto& measured : rounds)
    if (measured) seconds.push_back(measured->seconds);
  return seconds;
}

double quickest(const Rounds& rounds) {
  const std::vector<double> seconds = seconds_of(rounds);
  return seconds.empty() ? std::numeric_limits<double>::infinity()
                         : *std::ranges::min_element(seconds);
}

}  // namespace

double median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Race::Race(Subject subject, std::vector<Lane> lanes) : subject_(std::move(subject)) {
  for (Lane& lane : lanes) {
    const std::size_t ways = lane.ways.size();
    tracks_.push_back(
        {.lane = std::move(lane), .rounds = std::vector<Rounds>(ways), .failure = {}});
  }
}

void Race::run_round() {
  for (Track& track : tracks_) {
    double best = std::numeric_limits<double>::infinity();
    for (const Rounds& rounds : track.rounds) best = std::min(best, quickest(rounds));
    for (std::size_t i = 0; i < track.lane.ways.size(); ++i) {
      constexpr double far_behind = 1.15;
      constexpr std::size_t trials = 2;  // one measurement alone may have been disturbed
      Rounds& rounds = track.rounds[i];
      const bool on_trial = rounds.size() < trials;
      rounds.emplace_back();
      if (!track.failure.empty() || (!on_trial && quickest(rounds) > far_behind * best)) continue;
      try {
        rounds.back() = track.lane.measure(track.lane.ways[i]);
      } catch (const std::exception& error) {
        track.failure = subject_.work + ": " + track.lane.program + ": " + error.what();
      }
    }
  }
}

std::size_t Race::best_way(const Track& track) {
  const auto typical = [&](std::size_t way) {
    const std::vector<double> seconds = seconds_of(track.rounds[way]);
    return seconds.empty() ? std::numeric_limits<double>::infinity() : median(seconds);
  };
  std::size_t best = 0;
  for (std::size_t i = 1; i < track.rounds.size(); ++i)
    if (typical(i) < typical(best)) best = i;
  return best;
}

std::vector<Race::Result> Race::results() const {
  std::vector<Result> results;
  for (const Track& track : tracks_) {
    const std::size_t best = best_way(track);
    results.push_back({.program = track.lane.program,
                       .way = track.lane.ways[best].label,
                       .rounds = track.rounds[best],
                       .failure = track.failure});
  }
  return results;
}

Race::Result Race::result(const std::string& program) const {
  for (Result& result : results())
    if (result.program == program) return result;
  throw std::out_of_range("'" + program + "' takes no part in " + subject_.work);
}

bool Race::has(const std::string& program) const {
  return std::ranges::any_of(tracks_,
                             [&](const Track& track) { return track.lane.program == program; });
}

std::optional<double> Race::Result::median_seconds() const {
  const std::vector<double> seconds = seconds_of(rounds);
  if (seconds.empty()) return std::nullopt;
  return median(seconds);
}

double Race::Result::lowest_seconds() const { return quickest(rounds); }

double Race::Result::highest_seconds() const {
  double highest = 0;
  for (const double seconds : seconds_of(rounds)) highest = std::max(highest, seconds);
  return highest;
}

double Race::Result::median_peak_bytes() const {
  std::vector<double> peaks;
  for (const auto& measured : rounds)
    if (measured) peaks.push_back(measured->peak_bytes);
  return median(peaks);
}

std::optional<double> time_ratio(const Race::Result& a, const Race::Result& b) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < std::min(a.rounds.size(), b.rounds.size()); ++i)
    if (a.rounds[i] && b.rounds[i]) ratios.push_back(a.rounds[i]->seconds / b.rounds[i]->seconds);
  if (ratios.empty()) return std::nullopt;
  return median(ratios);
}

}  // namespace ravine::benchmarks
