#pragma once

#include <functional>
#include <optional>

#include "ravine/compare/plan.hpp"
#include "ravine/compare/problem.hpp"
#include "ravine/compare/run.hpp"

namespace ravine::compare {

/// What a run says while it goes on.
struct RunObserver {
  std::function<void(std::size_t epoch)> on_epoch = {};  ///< epochs are from 1
  std::function<bool()> go_on = {};                      ///< asked after each step
};

/// Makes one run, in this thread. None when the observer ended it.
std::optional<Run> run_once(const Problem& problem, const Options& options,
                            const Contender& contender, const Assignment& assignment,
                            const RunObserver& observer);

}  // namespace ravine::compare
