#pragma once

#include <ios>
#include <string>
#include <vector>

#include "ravine/compare/problem.hpp"
#include "ravine/compare/protocol.hpp"
#include "ravine/report/json_parts.hpp"
#include "ravine/tensor/text.hpp"

// What a comparison was asked for, as its results and its journal both say it.

namespace ravine::report {

/// `adam:lr=0.0001..0.1`.
inline std::string range_text(const compare::AskedRange& range) {
  return text(range.optimizer, ":", range.field, "=", optim::Value(range.low), "..",
              optim::Value(range.high));
}

/// All that the runs depend on, under the names of the command's options.
template <class Json>
Json request_json(const compare::Options& options) {
  std::vector<std::string> optimizers;
  std::vector<std::string> ranges;
  for (const compare::Contender& contender : options.contenders)
    optimizers.push_back(text(contender));
  for (const compare::AskedRange& range : options.ranges) ranges.push_back(range_text(range));
  Json request{{"model", train::name_of(options.model)},
               {"hidden", options.hidden},
               {"activation", ravine::name_of(options.activation)},
               {"optimizers", optimizers},
               {"ranges", ranges},
               {"seeds", options.seeds},
               {"first_seed", options.seed},
               {"trials", options.tuning.trials},
               {"search", compare::name_of(options.tuning.search)},
               {"selection", "validation"},
               {"validation", options.validation},
               {"stop_early", options.tuning.stop_early},
               {"groups", groups_json<Json>(options.groups)}};
  add_fit_options(request, options.fit);
  return request;
}

/// Where the values of each field are searched.
template <class Json>
Json space_json(const compare::SearchSpace& space) {
  Json json = Json::array();
  for (const compare::Dimension& dimension : space)
    json.push_back({{"field", dimension.field},
                    {"low", dimension.low},
                    {"high", dimension.high},
                    {"scale", compare::name_of(dimension.scale)}});
  return json;
}

template <class Json>
Json facts_json(const compare::DataFacts& facts) {
  return {{"name", facts.name},
          {"task", data::name_of(facts.task)},
          {"train", facts.train_examples},
          {"validation", facts.validation_examples},
          {"test", facts.test_examples},
          {"target_column", facts.target_column},
          {"layers", facts.layers},
          {"fingerprint", text(std::hex, facts.fingerprint)}};
}

/// The reverse. Throws what the JSON type throws for something else.
template <class Json>
compare::DataFacts facts_of(const Json& json) {
  const bool classes = json.at("task") == data::name_of(data::Task::classification);
  return {
      .name = json.at("name"),
      .task = classes ? data::Task::classification : data::Task::regression,
      .train_examples = json.at("train"),
      .validation_examples = json.at("validation"),
      .test_examples = json.at("test"),
      .target_column = json.value("target_column", ""),
      .layers = json.at("layers"),
      .fingerprint = std::stoull(json.at("fingerprint").template get<std::string>(), nullptr, 16)};
}

}  // namespace ravine::report
