#pragma once

#include <optional>
#include <string>

#include "ravine/data/datasets.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/report/environment.hpp"
#include "ravine/train/lr_find.hpp"
#include "ravine/train/model.hpp"

namespace ravine::report {

/// A learning-rate range test, as it was asked for.
struct RangeTest {
  std::string source;  ///< the name of a dataset, or a path
  data::LoadOptions load;
  train::Architecture architecture;
  optim::Spec optimizer;  ///< with what was set of it
  train::LrFindOptions options;
  Environment environment;
  train::LrFindResult result;
};

/// The rate to use, with three digits that count; none where the loss never falls.
std::optional<double> suggested_lr(const RangeTest& test);

/// A sentence, and on a line of its own the command that uses the rate; or that there is none.
std::string suggestion_text(const RangeTest& test);
/// Some twelve points of the curve, evenly spread, and the suggestion.
std::string lr_find_text(const RangeTest& test);
/// What `ravine lr-find --json` prints. `lr` of the suggestion is the rate to use; `steepest` and
/// `minimum` are as in train::LrSuggestion.
std::string lr_find_json(const RangeTest& test);
/// The curve: lr,loss,smoothed, with as many digits as read back as the same numbers.
std::string lr_find_csv(const RangeTest& test);

}  // namespace ravine::report
