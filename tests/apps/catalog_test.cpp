#include "apps/command.hpp"

// What ravine knows by name: optimizers and datasets.

namespace ravine::apps {
namespace {

using testing::HasSubstr;

TEST(Optimizers, AreListed) {
  const Process process = ravine({"optimizers"});
  EXPECT_EQ(process.status, 0);
  const Json json = ravine_json({"optimizers"});
  EXPECT_EQ(json["command"], "optimizers");
  std::vector<std::string> names;
  for (const Json& rule : json["optimizers"]) {
    names.push_back(rule["name"]);
    EXPECT_THAT(process.out, HasSubstr("\n" + names.back() + " "));
  }
  for (const char* name : {"sgd", "momentum", "nesterov", "rmsprop", "adam"})
    EXPECT_THAT(names, testing::Contains(name));
}

TEST(Optimizers, PageExplainsOne) {
  const Process process = ravine({"optimizers", "adam"});
  EXPECT_EQ(process.status, 0);
  for (const char* part : {"m ← β₁ m + (1 − β₁) g", "beta1", "0.9", "[0, 1)", "[0, inf)",
                           "true or false", "8 bytes a parameter", "Kingma and Ba (2015)"})
    EXPECT_THAT(process.out, HasSubstr(part));
  const Json json = ravine_json({"optimizers", "adam"});
  ASSERT_EQ(json["optimizers"].size(), 1U);
  const Json& adam = json["optimizers"][0];
  EXPECT_EQ(adam["hyperparameters"][0]["name"], "lr");
  EXPECT_EQ(adam["hyperparameters"][0]["default"], 0.001);
  EXPECT_EQ(adam["state_bytes_per_parameter"], 8);
}

TEST(Data, ListSaysWhereOrHow) {
  const Folder folder;
  const test::ProcessOptions without_data{
      .environment = {{"RAVINE_DATA_DIR", ""}, {"XDG_CACHE_HOME", folder.path()}}};
  const Process process = ravine({"data", "list"}, without_data);
  EXPECT_EQ(process.status, 0);
  EXPECT_THAT(process.out, HasSubstr(RAVINE_SOURCE_DIR "/datasets/fetch mnist"));
  const Json json = Json::parse(ravine({"data", "list", "--json"}, without_data).out);
  bool saw_digits = false;
  for (const Json& dataset : json["datasets"]) {
    EXPECT_NE(dataset["found"].is_null(), dataset["how_to_get"].is_null());
    if (dataset["name"] != "digits") continue;
    saw_digits = true;
    EXPECT_FALSE(dataset["found"].is_null());
    EXPECT_EQ(dataset["train"], 1797);
  }
  EXPECT_TRUE(saw_digits);
}

TEST(Data, ThatIsNotHereSaysHowToGetIt) {
  const Folder folder;
  const Process process =
      ravine(words("train --data mnist"),
             {.environment = {{"RAVINE_DATA_DIR", ""}, {"XDG_CACHE_HOME", folder.path()}}});
  EXPECT_EQ(process.status, 2);
  EXPECT_THAT(process.err, HasSubstr("get it: " RAVINE_SOURCE_DIR "/datasets/fetch mnist"));
}

}  // namespace
}  // namespace ravine::apps
