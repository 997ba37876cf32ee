#include "model_source.hpp"

#include "log.hpp"
#include "ravine/report/run_split.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {

void declare(Options& options, ModelSource& source) {
  options.value("--model", "DIR|FILE", source.model, "what `ravine train --out DIR` wrote",
                Need::required);
  options.value("--data", "NAME|FILE", source.data,
                "all examples of a file, or the test part of a dataset", Need::required);
  options.value("--test-fraction", "X", source.test_fraction,
                "how large that test part is (as in training; so is --seed)");
  options.value("--missing", "HOW", source.missing,
                "cells without a value: error, drop (the example), mean (of the training data)");
}

data::LoadOptions load_options(const ModelSource& source, const Common& common) {
  const report::Split split = report::split_of_run(source.model)
                                  .value_or(report::Split{
                                      .seed = default_seed,
                                      .test_fraction = data::LoadOptions{}.test_fraction,
                                  });
  const data::LoadOptions load{.data_dir = common.data_dir,
                               .target = {},
                               .test_fraction = source.test_fraction.value_or(split.test_fraction),
                               .seed = common.seed.value_or(split.seed),
                               .missing = source.missing,
                               .task = {}};
  log::detail(
      text("a test part is taken by seed ", load.seed, " and has a share of ", load.test_fraction));
  return load;
}

}  // namespace ravine::apps
