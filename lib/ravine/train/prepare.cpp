#include "ravine/train/prepare.hpp"

#include "ravine/data/split.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/train/streams.hpp"

namespace ravine::train {
namespace {

data::Dataset scaled(const data::Dataset& dataset,
                     const std::optional<data::Standardizer>& features,
                     const std::optional<data::Standardizer>& target) {
  data::Dataset result = dataset;
  if (features) result = standardize_features(result, *features);
  if (target && result.has_targets()) result = standardize_target(result, *target);
  return result;
}

void check_kind(ModelKind kind, const data::Dataset& train, bool has_hidden) {
  const bool classes = train.task == data::Task::classification;
  if (kind == ModelKind::linear && classes)
    throw InputError(text("model linear predicts a number, but '", train.target_name, "' of ",
                          train.name, " holds classes such as '", train.class_names.front(),
                          "' (use logistic or mlp)"));
  if (kind == ModelKind::logistic && !classes)
    throw InputError(text("model logistic predicts classes, but '", train.target_name, "' of ",
                          train.name, " is a number (use linear or mlp; --task classification ",
                          "makes a class of each different one)"));
  if (kind != ModelKind::mlp && has_hidden)
    throw InputError(text("model ", name_of(kind), " has no hidden layers (use mlp)"));
}

}  // namespace

Prepared prepare(const data::TrainTest& parts, double validation_fraction, std::uint64_t seed) {
  if (!(validation_fraction >= 0 && validation_fraction < 1))
    throw InputError(text("the validation fraction must be in [0, 1), ", validation_fraction,
                          " was given (--validation)"));
  Prepared result{.train = parts.train, .validation = {}, .test = parts.test};
  if (validation_fraction > 0) {
    data::TrainTest split =
        data::split(parts.train, validation_fraction, Generator(seed, validation_stream).bits());
    result.train = std::move(split.train);
    result.validation = std::move(split.test);
  }
  if (!result.train.features.held_as_bytes()) result.feature_scaling = fit_features(result.train);
  if (result.train.task == data::Task::regression) result.target_scaling = fit_target(result.train);
  for (data::Dataset* part : {&result.train, &result.validation, &result.test})
    if (part->size() != 0) *part = scaled(*part, result.feature_scaling, result.target_scaling);
  return result;
}

Prepared without_test(Prepared data) {
  data.test = {};
  return data;
}

Model make_model(ModelKind kind, const std::vector<std::size_t>& hidden, Activation activation,
                 const Prepared& data, std::uint64_t seed) {
  check_kind(kind, data.train, !hidden.empty());
  Architecture architecture{.kind = kind, .layers = {}, .activation = activation};
  architecture.layers.push_back(data.train.feature_count());
  architecture.layers.insert(architecture.layers.end(), hidden.begin(), hidden.end());
  architecture.layers.push_back(
      data.train.task == data::Task::classification ? data.train.class_count() : 1);
  Generator generator(seed, weights_stream);
  return {.architecture = architecture,
          .schema = static_cast<const data::Schema&>(data.train),
          .feature_scaling = data.feature_scaling,
          .target_scaling = data.target_scaling,
          .network = make_network(architecture, generator)};
}

data::Dataset scaled_for(const Model& model, const data::Dataset& raw) {
  return scaled(raw, model.feature_scaling, model.target_scaling);
}

}  // namespace ravine::train
