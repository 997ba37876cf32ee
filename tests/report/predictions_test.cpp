#include "ravine/report/predictions.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ravine::report {
namespace {

using Json = nlohmann::json;

Predictions of_classes() {
  return {.dataset = "t.csv",
          .schema = {.task = data::Task::classification, .class_names = {"a,b", "say \"c\"", "d"}},
          .values = Tensor<float>({2, 3}, {0.1F, 0.7F, 0.2F, 0.5F, 0.25F, 0.25F})};
}

Predictions of_numbers() {
  return {.dataset = "t.csv",
          .schema = {.task = data::Task::regression, .target_name = "price"},
          .values = Tensor<float>({2}, {1.5F, 123456.789F})};
}

// The floats next to 0.1, 0.7 and so on, with nine digits (IEEE 754 binary32).
TEST(PredictionsCsv, HasTheMostProbableClassAndAllProbabilities) {
  EXPECT_EQ(predictions_csv(of_classes()),
            "class,\"p_a,b\",\"p_say \"\"c\"\"\",p_d\n"
            "\"say \"\"c\"\"\",0.100000001,0.699999988,0.200000003\n"
            "\"a,b\",0.5,0.25,0.25\n");
}

TEST(PredictionsCsv, OfNumbersIsNamedForTheTarget) {
  EXPECT_EQ(predictions_csv(of_numbers()), "price\n1.5\n123456.789\n");
}

TEST(PredictionsJson, HoldsThePredictionsOrTheirPlace) {
  const Json classes = Json::parse(predictions_json(of_classes(), {}));
  EXPECT_EQ(classes["examples"], 2);
  EXPECT_EQ(classes["classes"], (Json{"a,b", "say \"c\"", "d"}));
  EXPECT_EQ(classes["predictions"][1]["class"], "a,b");
  EXPECT_EQ(classes["predictions"][1]["probabilities"], (Json{0.5, 0.25, 0.25}));
  EXPECT_EQ(Json::parse(predictions_json(of_numbers(), {}))["predictions"][0], 1.5);
  const Json written = Json::parse(predictions_json(of_numbers(), "out.csv"));
  EXPECT_EQ(written["out"], "out.csv");
  EXPECT_FALSE(written.contains("predictions"));
}

}  // namespace
}  // namespace ravine::report
