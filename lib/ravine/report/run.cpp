#include "ravine/report/run.hpp"

namespace ravine::report {

DataFacts facts_of(const train::Prepared& data) {
  return {.name = data.train.name,
          .task = data.train.task,
          .features = data.train.feature_count(),
          .classes = data.train.class_count(),
          .train = data.train.size(),
          .validation = data.validation.size(),
          .test = data.test.size()};
}

}  // namespace ravine::report
