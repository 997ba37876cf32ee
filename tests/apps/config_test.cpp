#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::HasSubstr;

/// The command with its options in a file, and further words.
Words with_file(const std::string& subcommand, const std::filesystem::path& file,
                const std::string& further = "") {
  Words result = words(subcommand, {"--config", file.string()});
  for (const std::string& word : words(further)) result.push_back(word);
  return result;
}

constexpr const char* of_train = R"(# a comment
data = "iris"            # another
model = mlp
hidden = [8,             # a list over two lines
          4]
optimizer = "adam:lr=0.02,beta1=0.5"
set = ["weight_decay=0.25", 'beta2=0.875']
epochs = 1
seed = 3
)";

TEST(Config, HoldsWhatTheCommandLineWould) {
  const Folder folder;
  const Json read = ravine_json(with_file("train", folder.write("a.toml", of_train)));
  const Json typed = ravine_json(
      words("train --data iris --model mlp --hidden 8,4 --optimizer adam:lr=0.02,beta1=0.5 --set "
            "weight_decay=0.25 --set beta2=0.875 --epochs 1 --seed 3"));
  EXPECT_EQ(without_times(read), without_times(typed));
  EXPECT_EQ(read["model"]["layers"], Json({4, 8, 4, 3}));
  EXPECT_EQ(read["optimizer"]["weight_decay"], 0.25);
  EXPECT_EQ(read["optimizer"]["beta1"], 0.5);
  EXPECT_EQ(read["optimizer"]["beta2"], 0.875);
}

TEST(Config, MayBeginWithAByteOrderMark) {
  const Folder folder;
  const std::string mark = "\xEF\xBB\xBF";
  const auto plain = folder.write("a.toml", "data = iris\nepochs = 1\nseed = 3\n");
  const auto marked = folder.write("b.toml", mark + "data = iris\r\nepochs = 1\r\nseed = 3\r\n");
  EXPECT_EQ(without_times(ravine_json(with_file("train", marked))),
            without_times(ravine_json(with_file("train", plain))));
  const auto comment = folder.write("c.toml", mark + "# a comment\ndata = iris\nepochs = 1\n");
  EXPECT_EQ(ravine(with_file("train", comment)).status, 0);
  // Only there.
  const auto later = folder.write("d.toml", "data = iris\n" + mark + "epochs = 1\n");
  EXPECT_TRUE(refused(with_file("train", later), {"d.toml:2: ", "epochs"}));
}

TEST(Config, TheCommandLineWins) {
  const Folder folder;
  const auto file = folder.write("a.toml", of_train);
  const Json json =
      ravine_json(with_file("train", file, "--hidden 5 --epochs 2 --set weight_decay=0.5"));
  EXPECT_EQ(json["model"]["layers"], Json({4, 5, 3}));
  EXPECT_EQ(json["epochs"].size(), 2U);
  EXPECT_EQ(json["optimizer"]["weight_decay"], 0.5);
  EXPECT_EQ(json["optimizer"]["beta2"], 0.999);  // a list is replaced as a whole
  // Wherever the option stands.
  EXPECT_EQ(ravine_json(words("--config " + file.string() + " train --seed 9"))["seed"], 9);
  EXPECT_EQ(ravine_json(words("train --seed 9 --config " + file.string()))["seed"], 9);
}

TEST(Config, TakesFlagsAndPlainText) {
  const Folder folder;
  const auto file = folder.write("a.ini", "json = true\r\nverbose = false\r\ndata=iris\r\n");
  const test::Process process = ravine(with_file("train", file, "--epochs 1 --quiet"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_EQ(process.err, "");
  EXPECT_TRUE(Json::accept(process.out)) << process.out;
}

TEST(Config, SpecsKeepTheirCommasAndColons) {
  const Folder folder;
  const auto file = folder.write("a.toml", R"(
data = ["iris", "digits"]
model = "logistic"
optimizers = "momentum:lr=0.02,momentum=0.5,adam:lr=0.01"
epochs = 1
trials = 1
seeds = 1
)");
  const Json json = ravine_json(with_file("compare", file));
  ASSERT_EQ(json["data"].size(), 2U);
  EXPECT_EQ(json["data"][1]["name"], "digits");
  const Json& optimizers = json["data"][0]["optimizers"];
  ASSERT_EQ(optimizers.size(), 2U);
  EXPECT_EQ(optimizers[0]["name"], "momentum:lr=0.02,momentum=0.5");
  EXPECT_EQ(optimizers[1]["name"], "adam:lr=0.01");
  EXPECT_EQ(ravine_json(with_file("compare", file, "--data iris"))["data"].size(), 1U);
}

TEST(Config, QuotesHoldAnything) {
  const Folder folder;
  const auto data = folder.write("a#1, \"b\\.csv", "x,y\n1,2\n2,4\n3,6\n4,8\n5,10\n");
  const auto double_quoted = folder.write(
      "a.toml", "data = \"" + folder.path().string() + "/a#1, \\\"b\\\\.csv\"  # \"\n");
  const auto single_quoted = folder.write("b.toml", "data = '" + data.string() + "'\n");
  for (const auto& file : {double_quoted, single_quoted})
    EXPECT_EQ(
        ravine_json(with_file("train", file, "--model linear --epochs 1"))["data"]["features"], 1);
}

TEST(Config, IsShownInTheHelp) {
  EXPECT_THAT(ravine(words("train --help")).out, HasSubstr("--config FILE"));
  EXPECT_THAT(ravine(words("lab trajectory --help")).out, HasSubstr("--config FILE"));
  EXPECT_EQ(ravine(words("train --help --config nowhere.toml")).status, 0);
}

TEST(Config, SaysWhichLineIsWrong) {
  const Folder folder;
  const auto refuses = [&](const std::string& content, const Words& parts) {
    return refused(with_file("train", folder.write("a.toml", content)), parts);
  };
  EXPECT_TRUE(refuses("data = \"iris\"\nepoch = 3\n",
                      {"a.toml:2: train: unknown option 'epoch' (did you mean 'epochs'?)"}));
  EXPECT_TRUE(refuses("config = \"b.toml\"", {"a.toml:1: train: unknown option 'config'"}));
  EXPECT_TRUE(refuses("help = true", {"a.toml:1: train: unknown option 'help'"}));
  EXPECT_TRUE(refuses("\n\nepochs = many\n", {"a.toml:3: --epochs: 'many' is not a whole number"}));
  EXPECT_TRUE(refuses("epochs = 0\n", {"a.toml:1: --epochs: must be at least 1, 0 was given"}));
  EXPECT_TRUE(refuses("activation = rleu", {"a.toml:1: --activation", "did you mean 'relu'?"}));
  EXPECT_TRUE(refuses("json = maybe", {"a.toml:1: --json: true or false is expected, 'maybe'"}));
  EXPECT_TRUE(refuses("seed = 1\nlr = 1\nseed = 2", {"a.toml:3: 'seed' is there twice"}));
  EXPECT_TRUE(refuses("[train]\nseed = 1", {"a.toml:1: a section was not expected"}));
  EXPECT_TRUE(refuses("epochs 3", {"a.toml:1: name = value is expected"}));
  EXPECT_TRUE(refuses("epochs = # 3", {"a.toml:1: a value is expected after '='"}));
  EXPECT_TRUE(refuses("data = \"iris", {"a.toml:1: the quotes of \"iris have no end"}));
  EXPECT_TRUE(refuses("data = \"a\\n\"", {"a.toml:1: a backslash in double quotes"}));
  EXPECT_TRUE(refuses("data = \"iris\" 3", {"a.toml:1: '3' was not expected after the value"}));
  EXPECT_TRUE(refuses("hidden = [3,\n 4\n", {"a.toml:2: the list of line 1 has no end"}));
  EXPECT_TRUE(refuses("hidden = [3,,4]", {"a.toml:1: a value is expected between the commas"}));
  EXPECT_TRUE(refuses("set = ['a=1' 'b=2']", {"a.toml:1: ',' or ']' is expected before ''b=2']'"}));
  EXPECT_TRUE(refuses("set = []", {"a.toml:1: the list is empty"}));
  EXPECT_TRUE(refused(with_file("train", folder.path() / "none.toml"), {"--config", "none.toml"}));
  EXPECT_TRUE(refused(with_file("train", folder.path()), {"--config", folder.path().string()}));
  EXPECT_TRUE(refused(words("train --config"), {"--config: a value is expected"}));
}

}  // namespace
}  // namespace ravine::apps
