// Optimizers from shared objects. RAVINE_PLUGINS is the folder of those that tests/apps/plugins and
// apps/examples/plugins make.
#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::HasSubstr;

std::string plugin(const std::string& name) { return std::string(RAVINE_PLUGINS) + "/" + name; }
const std::string with_mine = "--plugin " + plugin("libmine.so") + " ";

TEST(Plugin, ItsRuleIsListedAndExplained) {
  const Process list = ravine(words(with_mine + "optimizers"));
  EXPECT_EQ(list.status, 0) << list.err;
  EXPECT_THAT(list.out, HasSubstr("mine"));
  EXPECT_EQ(list.out.find("mine"), list.out.rfind("mine"));
  const Process page = ravine(words("optimizers mine " + with_mine));
  EXPECT_THAT(page.out, HasSubstr("w ← w − lr sign(v)"));
  EXPECT_THAT(page.out, HasSubstr("4 bytes a parameter"));
}

TEST(Plugin, ItsRuleTrainsAndIsChecked) {
  const std::string train = "train --data iris --model logistic --epochs 30 --batch-size 16 ";
  const Json json = ravine_json(words(with_mine + train + "--optimizer mine:lr=0.01,momentum=0.5"));
  EXPECT_EQ(json["optimizer"], Json::parse(R"({"name": "mine", "lr": 0.01, "momentum": 0.5})"));
  EXPECT_GT(json["final"]["test_accuracy"], 0.8);
  EXPECT_TRUE(refused(words(with_mine + train + "--optimizer mine:momentum=1"),
                      {"mine: momentum must be in [0, 1), 1 was given"}));
  EXPECT_TRUE(refused(words(with_mine + train + "--optimizer nine"), {"did you mean 'mine'?"}));
  EXPECT_TRUE(refused(words(train + "--optimizer mine"), {"unknown optimizer 'mine'"}));
}

TEST(Plugin, ItsRuleIsComparedAndFollowed) {
  const Json json = ravine_json(
      words(with_mine + "compare --data iris --optimizers sgd,mine:lr=0.01 --epochs 2 --seeds 2"));
  EXPECT_EQ(json["data"][0]["optimizers"][1]["name"], "mine:lr=0.01");
  // v = 6 and 9 on w^2 from 3: two steps of 0.5 down.
  const Process csv = ravine(
      words(with_mine +
            "lab trajectory --function w1^2 --start=3 --optimizer mine --lr 0.5 --steps 2 --csv"));
  EXPECT_EQ(csv.out, "step,w1,f\n0,3,9\n1,2.5,6.25\n2,2,4\n");
}

TEST(Plugin, WhatCannotBeLoadedIsALine) {
  const auto refuses = [](const std::string& file, const Words& parts) {
    return refused({"--plugin", file, "optimizers"}, parts);
  };
  EXPECT_TRUE(refuses("no/such.so", {"--plugin: ", "no/such.so"}));
  EXPECT_TRUE(refuses(plugin("libno_symbol.so"), {"no symbol 'ravine_plugin'"}));
  for (const std::string name : {"libfunction.so", "libno_version.so"})
    EXPECT_TRUE(
        refuses(plugin(name), {name + " is no plugin: its symbol 'ravine_plugin' is not "}));
  EXPECT_TRUE(refuses(plugin("libother_version.so"), {"was made for ravine 0.0.9, this is "}));
  EXPECT_TRUE(refuses(plugin("libother_headers.so"), {"was made with other headers of ravine"}));
  const Folder folder;
  const auto text = folder.write("text.so", "not a shared object");
  EXPECT_TRUE(refuses(text.string(), {"text.so"}));
  const std::string whole = data::testing::content_of(plugin("libmine.so"));
  for (const std::size_t size : {100U, 1000U, 5000U}) {
    const auto cut = folder.write("cut.so", whole.substr(0, size));
    EXPECT_TRUE(refuses(cut.string(), {"--plugin: ", "cut.so is cut short (copy it again)"}));
  }
  EXPECT_TRUE(refuses("/dev/null", {"--plugin: /dev/null is not a file"}));
  EXPECT_TRUE(refuses(folder.path().string(), {" is not a file (name a shared object)"}));
  EXPECT_TRUE(refused(words(with_mine + with_mine + "optimizers"),
                      {"optimizer 'mine' is registered already"}));
}

}  // namespace
}  // namespace ravine::apps
