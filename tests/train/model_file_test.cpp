#include "ravine/train/model_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "made_data.hpp"
#include "ravine/nn/safetensors.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/train/evaluate.hpp"
#include "ravine/train/prepare.hpp"
#include "support/throws.hpp"

namespace ravine::train {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

class ModelFile : public testing::Test {
 protected:
  ModelFile() {
    std::string name = testing::TempDir() + "ravine-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~ModelFile() override { std::filesystem::remove_all(folder_); }

  /// A saved model with its description changed by `change`.
  std::filesystem::path with_description(const std::function<void(Json&)>& change) {
    Model model = saved();
    auto file = nn::read_safetensors<float>(path());
    Json description = Json::parse(file.metadata.at("ravine.model"));
    change(description);
    file.metadata["ravine.model"] = description.dump();
    nn::write_safetensors(file, path());
    return path();
  }

  Model saved() {
    const data::TrainTest parts{.train = plane(5), .test = plane(3)};
    Model model = make_model(ModelKind::mlp, {4}, Activation::tanh, prepare(parts, 0, 1), 1);
    save_model(model, path());
    return model;
  }

  std::filesystem::path path() const { return folder_ / model_file_name; }
  std::filesystem::path folder_;
};

testing::AssertionResult refused(const std::filesystem::path& path, const char* part) {
  return test::throws<InputError>([&] { load_model(path); }, HasSubstr(part));
}

TEST_F(ModelFile, ComesBackWithAllThatPredictionNeeds) {
  Model model = saved();
  for (const auto& from : {path(), folder_}) {  // the file, or the folder of its run
    Model again = load_model(from);
    EXPECT_EQ(again.architecture.layers, model.architecture.layers);
    EXPECT_EQ(again.architecture.activation, Activation::tanh);
    EXPECT_EQ(again.schema.feature_names, model.schema.feature_names);
    EXPECT_EQ(again.feature_scaling->mean, model.feature_scaling->mean);
    EXPECT_EQ(predict(again, plane(6)).to_vector(), predict(model, plane(6)).to_vector());
  }
}

TEST_F(ModelFile, KeepsTheClasses) {
  const data::TrainTest parts{.train = halves(20), .test = halves(6)};
  Model model = make_model(ModelKind::logistic, {}, Activation::relu, prepare(parts, 0, 1), 1);
  save_model(model, path());
  EXPECT_EQ(load_model(path()).schema.class_names, (std::vector<std::string>{"left", "right"}));
}

TEST_F(ModelFile, KeepsTheColumnsThatAreLeftOut) {
  const auto dropping = [&](const Json& dropped) {
    return with_description([&](Json& d) { d["data"]["dropped"] = dropped; });
  };
  EXPECT_EQ(load_model(dropping({1, 4})).schema.dropped, (std::vector<std::size_t>{1, 4}));
  for (const Json& lie : {Json{4, 1}, Json{1, 1}, Json{1, 5}, Json{2}})  // 2 is the target
    EXPECT_TRUE(refused(dropping(lie), "columns do not fit")) << lie;
}

TEST_F(ModelFile, IsRefusedWhenMissingOrNotAModel) {
  EXPECT_TRUE(refused(folder_ / "none.safetensors", "none.safetensors"));
  std::ofstream(path()) << "not a model";
  EXPECT_TRUE(refused(path(), "not a model that can be read"));
  nn::TensorFile<float> bare;
  bare.tensors.emplace_back("0.weight", Tensor<float>::zeros({1, 2}));
  nn::write_safetensors(bare, path());
  EXPECT_TRUE(refused(path(), "not a model saved by ravine train"));
}

TEST_F(ModelFile, IsRefusedWhenItsDescriptionLies) {
  const auto lie = [&](const char* part, const std::function<void(Json&)>& change) {
    return refused(with_description(change), part);
  };
  EXPECT_TRUE(
      lie("layers are said to be [2, 1000000000, 1] but its tensors make [2, 4, 1]", [](Json& d) {
        d["model"]["layers"] = {2, 1000000000, 1};
      }));
  EXPECT_TRUE(lie("did you mean 'relu'", [](Json& d) { d["model"]["activation"] = "rleu"; }));
  EXPECT_TRUE(lie("one entry a column", [](Json& d) { d["feature_scaling"]["mean"] = {1}; }));
  EXPECT_TRUE(lie("scaling", [](Json& d) { d["target_scaling"] = nullptr; }));
  EXPECT_TRUE(lie("columns do not fit", [](Json& d) { d["data"]["feature_means"] = {1}; }));
  EXPECT_TRUE(lie("columns do not fit", [](Json& d) { d["data"]["target_position"] = 1000000; }));
  EXPECT_TRUE(lie("columns do not fit", [](Json& d) { d["data"]["features"] = {"a"}; }));
  EXPECT_TRUE(lie("broken", [](Json& d) { d["data"].erase("classes"); }));
  EXPECT_TRUE(
      lie("do not fit what it predicts", [](Json& d) { d["data"]["task"] = "classification"; }));
}

}  // namespace
}  // namespace ravine::train
