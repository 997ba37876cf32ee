#include "ravine/compare/tuning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ravine/optim/common_fields.hpp"
#include "ravine/tensor/random.hpp"

namespace ravine::compare {
namespace {

constexpr std::size_t most_widenings = 3;
/// Trials of a wave, which the median rule judges by those before.
constexpr std::size_t wave = 4;
/// Streams of a comparison's seed, apart from those of a run.
constexpr std::uint64_t points_stream = 101;

bool finished(const Trial& trial) {
  return trial.run != nullptr && trial.run->status == train::Status::finished &&
         !trial.run->epochs.empty() && std::isfinite(trial.run->epochs.back().validation_metric);
}

bool better(const Run& a, const Run& b, const Metric& metric) {
  const EpochRecord& end_a = a.epochs.back();
  const EpochRecord& end_b = b.epochs.back();
  if (end_a.validation_metric != end_b.validation_metric)
    return metric.better(end_a.validation_metric, end_b.validation_metric);
  // What is not finite is worse than any loss.
  return end_a.validation_loss < end_b.validation_loss ||
         (std::isnan(end_b.validation_loss) && !std::isnan(end_a.validation_loss));
}

optim::Settings point_at(const SearchSpace& space, const std::vector<double>& places) {
  optim::Settings point;
  for (std::size_t d = 0; d < space.size(); ++d)
    point.push_back({space[d].field, space[d].at(places[d])});
  return point;
}

std::uint64_t seed_of_round(std::uint64_t seed, std::size_t round) {
  return Generator(seed, points_stream + round).bits();
}

/// Adds the trials of a round: points of a space, and their runs where they are done.
void add_round(Tuning& tuning, const SearchSpace& space, Search search, std::size_t count,
               std::uint64_t seed, std::size_t round, std::span<const Run> runs) {
  for (const auto& places : sample(search, space.size(), count, seed_of_round(seed, round))) {
    optim::Settings point = point_at(space, places);
    // Of whole numbers there may be fewer than points.
    if (std::ranges::find(tuning.trials, point, &Trial::point) != tuning.trials.end()) continue;
    const Run* run = find_run(runs, {.point = point, .seed = seed});
    tuning.trials.push_back({.point = std::move(point), .run = run});
  }
}

bool all_done(std::span<const Trial> trials) {
  return std::ranges::all_of(trials, [](const Trial& trial) { return trial.run != nullptr; });
}

/// Where the space is too small.
struct Edge {
  std::size_t dimension;
  End end;
};

/// The ends that the best trial stands at, of those beyond which something is allowed. Where none
/// finished, the learning rates are too large.
std::vector<Edge> edges_of(const Tuning& tuning) {
  std::vector<Edge> edges;
  const auto add = [&](std::size_t dimension, End end) {
    if (strip_beyond(tuning.space[dimension], end))
      edges.push_back({.dimension = dimension, .end = end});
  };
  if (!tuning.best) {
    if (tuning.space[0].field == optim::lr_name) add(0, End::low);
    return edges;
  }
  for (std::size_t d = 0; d < tuning.space.size(); ++d) {
    const Dimension& dimension = tuning.space[d];
    const auto is_inside = [&](double value) {
      return dimension.low <= value && value <= dimension.high;
    };
    const double best = value_of(tuning.trials[*tuning.best], dimension);
    if (!is_inside(best)) continue;  // the defaults may be elsewhere
    bool below = false;
    bool above = false;
    for (const Trial& trial : tuning.trials) {
      const double value = value_of(trial, dimension);
      below = below || (is_inside(value) && value < best);
      above = above || (is_inside(value) && value > best);
    }
    if (!below) add(d, End::low);
    if (!above) add(d, End::high);
  }
  return edges;
}

/// Adds the strip beyond an edge to the space, and trials in it, as dense as those of the space.
void widen(Tuning& tuning, const Edge& edge, const TuningOptions& options, std::uint64_t seed,
           std::span<const Run> runs) {
  const Dimension strip = *strip_beyond(tuning.space[edge.dimension], edge.end);
  const auto share = std::lround(strip_share * static_cast<double>(options.trials));
  const auto count = static_cast<std::size_t>(std::max(share, 1L));
  SearchSpace part = tuning.space;
  part[edge.dimension] = strip;
  // A coarse grid would repeat the end that the space had.
  const Search search = options.search == Search::grid ? Search::quasi : options.search;
  tuning.widenings.push_back(
      {.field = strip.field, .low = strip.low, .high = strip.high, .trials = count});
  add_round(tuning, part, search, count, seed, tuning.widenings.size(), runs);
  Dimension& whole = tuning.space[edge.dimension];
  whole.low = std::min(whole.low, strip.low);
  whole.high = std::max(whole.high, strip.high);
}

/// The best metric up to each epoch, carried on where a run ended early.
double best_until(const Run& run, std::size_t epoch, const Metric& metric) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  double best = metric.higher_is_better ? -infinity : infinity;
  for (std::size_t e = 0; e < std::min(epoch + 1, run.epochs.size()); ++e)
    if (metric.better(run.epochs[e].validation_metric, best))
      best = run.epochs[e].validation_metric;
  return best;
}

/// The median, at each epoch, of the best so far of some trials; the worse of the two in the
/// middle.
std::vector<double> medians(std::span<const Trial> trials, const Metric& metric) {
  std::size_t epochs = 0;
  for (const Trial& trial : trials) epochs = std::max(epochs, trial.run->epochs.size());
  std::vector<double> limits;
  limits.reserve(epochs);
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    std::vector<double> bests;
    bests.reserve(trials.size());
    for (const Trial& trial : trials) bests.push_back(best_until(*trial.run, epoch, metric));
    std::ranges::sort(bests, [&](double a, double b) { return metric.better(a, b); });
    limits.push_back(bests[bests.size() / 2]);
  }
  return limits;
}

std::vector<ReadyTrial> ready_trials(const Tuning& tuning, const TuningOptions& options,
                                     const Metric& metric) {
  std::vector<ReadyTrial> ready;
  std::vector<double> worst_allowed;
  for (std::size_t i = 0; i < tuning.trials.size(); ++i) {
    if (options.stop_early && i != 0 && i % wave == 0) {
      const auto before = std::span(tuning.trials).first(i);
      if (!all_done(before)) break;
      worst_allowed = medians(before, metric);
    }
    if (tuning.trials[i].run == nullptr)
      ready.push_back({.trial = i, .worst_allowed = worst_allowed});
  }
  return ready;
}

}  // namespace

double value_of(const Trial& trial, const Dimension& dimension) {
  for (const optim::Setting& setting : trial.point)
    if (setting.name == dimension.field) return setting.value.number();
  return dimension.standard;
}

std::optional<std::size_t> best_of(std::span<const Trial> trials, const Metric& metric) {
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < trials.size(); ++i)
    if (finished(trials[i]) && (!best || better(*trials[i].run, *trials[*best].run, metric)))
      best = i;
  return best;
}

Tuning tuning_of(const SearchSpace& space, const TuningOptions& options, const Metric& metric,
                 std::uint64_t seed, std::span<const Run> runs) {
  Tuning tuning{.space = space, .trials = {{}}};
  if (options.trials < 2 || space.empty()) {
    tuning.complete = true;
    tuning.best = 0;
    return tuning;
  }
  tuning.trials[0].run = find_run(runs, {.point = {}, .seed = seed});
  add_round(tuning, space, options.search, options.trials - 1, seed, 0, runs);
  while (all_done(tuning.trials)) {
    tuning.best = best_of(tuning.trials, metric);
    const std::vector<Edge> edges = edges_of(tuning);
    tuning.at_edge = !edges.empty();
    if (edges.empty() || tuning.widenings.size() == most_widenings) {
      tuning.complete = true;
      return tuning;
    }
    widen(tuning, edges.front(), options, seed, runs);
  }
  tuning.ready = ready_trials(tuning, options, metric);
  return tuning;
}

}  // namespace ravine::compare
