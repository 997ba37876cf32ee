#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ravine/compare/run.hpp"

namespace ravine::compare {

/// The middle half of some runs, by quartiles.
struct Band {
  double low = 0;
  double median = 0;
  double high = 0;

  friend bool operator==(const Band&, const Band&) = default;
};

/// Losses and metric after an epoch.
struct CurvePoint {
  std::size_t epoch = 0;  ///< from 1
  double steps = 0;       ///< taken by then, the same in all runs
  double seconds = 0;     ///< of training by then, median over the runs
  std::size_t n = 0;      ///< runs that got so far
  Band train_loss = {};
  Band validation_loss = {};
  Band validation_metric = {};

  friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

/// A point for each epoch that a run completed with finite losses and metric. Those that diverge
/// later count until then.
std::vector<CurvePoint> curve_of(std::span<const Run* const> runs, double steps_per_epoch);

}  // namespace ravine::compare
