#include "ravine/train/model_file.hpp"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "ravine/nn/safetensors.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::train {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* metadata_key = "ravine.model";

Json to_json(const std::optional<data::Standardizer>& scaling) {
  if (!scaling) return nullptr;
  return {{"mean", scaling->mean}, {"deviation", scaling->deviation}};
}

std::optional<data::Standardizer> scaling_from(const Json& json, std::size_t columns) {
  if (json.is_null()) return {};
  data::Standardizer scaling{.mean = json.at("mean"), .deviation = json.at("deviation")};
  if (scaling.mean.size() != columns || scaling.deviation.size() != columns)
    throw InputError("the scaling has not one entry a column");
  return scaling;
}

Json to_json(const Model& model) {
  const data::Schema& schema = model.schema;
  return {{"model",
           {{"kind", name_of(model.architecture.kind)},
            {"layers", model.architecture.layers},
            {"activation", name_of(model.architecture.activation)}}},
          {"data",
           {{"task", data::name_of(schema.task)},
            {"features", schema.feature_names},
            {"target", schema.target_name},
            {"classes", schema.class_names},
            {"target_position", schema.target_position},
            {"named_columns", schema.named_columns},
            {"feature_means", schema.feature_means},
            {"dropped", schema.dropped}}},
          {"feature_scaling", to_json(model.feature_scaling)},
          {"target_scaling", to_json(model.target_scaling)}};
}

data::Schema schema_from(const Json& json) {
  const bool classes = json.at("task") == data::name_of(data::Task::classification);
  return {.task = classes ? data::Task::classification : data::Task::regression,
          .feature_names = json.at("features"),
          .target_name = json.at("target"),
          .class_names = json.at("classes"),
          .target_position = json.at("target_position"),
          .named_columns = json.at("named_columns"),
          .feature_means = json.at("feature_means"),
          .dropped = json.value("dropped", std::vector<std::size_t>())};
}

/// The widths of the layers as the tensors have them: the file's own word would let it ask for any
/// amount of memory.
std::vector<std::size_t> layers_of(const nn::TensorFile<float>& file) {
  std::vector<std::size_t> layers;
  for (const auto& [name, tensor] : file.tensors) {
    if (tensor.rank() != 2) continue;
    if (layers.empty()) layers.push_back(tensor.shape()[1]);
    layers.push_back(tensor.shape()[0]);
  }
  return layers;
}

/// Whether they rise, stay within the file and leave the target.
bool can_be_dropped(const std::vector<std::size_t>& dropped, std::size_t features,
                    std::size_t target) {
  return std::ranges::is_sorted(dropped, std::less_equal()) &&
         (dropped.empty() || dropped.back() <= features + dropped.size()) &&
         !std::ranges::binary_search(dropped, target);
}

void check_fit(const Model& model, const nn::TensorFile<float>& file) {
  const std::vector<std::size_t>& layers = model.architecture.layers;
  if (layers != layers_of(file))
    throw InputError(text("its layers are said to be [", joined(layers), "] but its tensors make [",
                          joined(layers_of(file)), "]"));
  const bool classes = model.schema.task == data::Task::classification;
  if (layers.size() < 2 || layers.back() != (classes ? model.schema.class_names.size() : 1))
    throw InputError("its layers do not fit what it predicts");
  const data::Schema& schema = model.schema;
  const std::size_t features = layers.front();
  if (schema.feature_names.size() != features ||
      schema.target_position > features + schema.dropped.size() ||
      !can_be_dropped(schema.dropped, features, schema.target_position) ||
      (!schema.feature_means.empty() && schema.feature_means.size() != features))
    throw InputError(text("its columns do not fit its ", features, " features"));
  if (classes == model.target_scaling.has_value())
    throw InputError("its target's scaling does not fit what it predicts");
}

}  // namespace

void save_model(Model& model, const std::filesystem::path& path) {
  nn::TensorFile<float> file = nn::tensors_of(model.network);
  file.metadata[metadata_key] = to_json(model).dump();
  nn::write_safetensors(file, path);
}

Model load_model(const std::filesystem::path& path) {
  std::error_code ignored;
  const std::filesystem::path file_path =
      std::filesystem::is_directory(path, ignored) ? path / model_file_name : path;
  const nn::TensorFile<float> file = nn::read_safetensors<float>(file_path);
  const auto metadata = file.metadata.find(metadata_key);
  if (metadata == file.metadata.end())
    throw InputError(text(file_path.string(),
                          ": not a model saved by ravine train: it does not say "
                          "how its data are read"));
  Model model;
  try {
    const Json json = Json::parse(metadata->second);
    const Json& architecture = json.at("model");
    model.architecture = {
        .kind = model_named(architecture.at("kind").get<std::string>()),
        .layers = architecture.at("layers"),
        .activation = activation_named(architecture.at("activation").get<std::string>())};
    model.schema = schema_from(json.at("data"));
    model.target_scaling = scaling_from(json.at("target_scaling"), 1);
    check_fit(model, file);
    model.feature_scaling =
        scaling_from(json.at("feature_scaling"), model.architecture.layers.front());
  } catch (const nlohmann::json::exception&) {
    throw InputError(text(file_path.string(), ": its description of the model is broken"));
  } catch (const InputError& error) {
    throw InputError(text(file_path.string(), ": ", error.what()));
  }
  Generator unused(0);
  model.network = make_network(model.architecture, unused);
  nn::assign_tensors(model.network, file, file_path.string());
  return model;
}

}  // namespace ravine::train
