#include <cmath>
#include <sstream>

#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::HasSubstr;

TEST(LrFind, PrintsACurveAndASuggestion) {
  const Json json = ravine_json(words("lr-find --data digits --hidden 32 --optimizer adam"));
  EXPECT_EQ(json["command"], "lr-find");
  EXPECT_TRUE(json["version"].is_string());
  const Json& curve = json["curve"];
  ASSERT_GT(curve.size(), 100U);
  EXPECT_EQ(curve[0]["lr"], 1e-6);
  EXPECT_EQ(curve[0]["smoothed"], curve[0]["loss"]);
  EXPECT_NEAR(curve[0]["loss"], std::log(10.0), 0.3);  // ten classes, nothing known yet
  for (std::size_t i = 1; i < curve.size(); ++i) EXPECT_GT(curve[i]["lr"], curve[i - 1]["lr"]);
  const Json& suggestion = json["suggestion"];
  EXPECT_NEAR(suggestion["lr"], suggestion["steepest"],
              0.005 * suggestion["steepest"].get<double>());
  EXPECT_GT(suggestion["minimum"], 0.0);
}

/// The arguments of the command that is printed, of words without quotes.
Words printed_command(const std::string& out) {
  const std::size_t at = out.find("ravine train");
  EXPECT_NE(at, std::string::npos) << out;
  if (at == std::string::npos) return {};
  Words command = words(out.substr(at, out.find('\n', at) - at));
  command.erase(command.begin());
  return command;
}

TEST(LrFind, ItsCommandTrains) {
  const test::Process process =
      ravine(words("lr-find --data digits --model logistic --optimizer momentum:momentum=0.5"));
  ASSERT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, HasSubstr("smoothed"));
  const Json json = ravine_json(printed_command(process.out));
  EXPECT_EQ(json["optimizer"]["momentum"], 0.5);
  EXPECT_NE(json["optimizer"]["lr"], 0.01);
  EXPECT_GT(json["final"]["test_accuracy"], 0.9);
}

TEST(LrFind, ItsCommandTrainsOnTheSameData) {
  const Folder folder;
  // Of 60 examples every tenth lacks a feature; the classes, which are in the first column, look
  // like numbers.
  std::string table = "class,a,b\n";
  for (int i = 0; i < 60; ++i)
    table += std::to_string(i % 2) + "," + std::to_string(i % 2 * 3 + i % 5) + "," +
             (i % 10 == 7 ? "" : std::to_string(i % 7)) + "\n";
  const std::string file = folder.write("t.csv", table).string();
  const Process process = ravine(
      words("lr-find --target class --task classification --missing drop --test-fraction 0.5 "
            "--seed 4 --hidden 6,5 --activation tanh --batch-size 4 --optimizer sgd --data",
            {file}));
  ASSERT_EQ(process.status, 0) << process.err;
  Words command = printed_command(process.out);
  const Folder out;
  command.insert(command.end(), {"--epochs", "1", "--out", (out.path() / "run").string()});
  const Json json = ravine_json(command);
  EXPECT_EQ(json["data"]["task"], "classification");
  EXPECT_EQ(json["model"]["layers"], Json({2, 6, 5, 2}));
  const Json run = Json::parse(data::testing::content_of(out.path() / "run" / "run.json"));
  const Json& options = run["options"];
  EXPECT_EQ(options["target"], "class");
  EXPECT_EQ(options["task"], "classification");
  EXPECT_EQ(options["missing"], "drop");
  EXPECT_EQ(options["test_fraction"], 0.5);
  EXPECT_EQ(options["seed"], 4);
  EXPECT_EQ(options["batch_size"], 4);
}

TEST(LrFind, PrintsTheCurveAsCsv) {
  const std::string line = "lr-find --data iris --steps 20 --lr-min 0.001 --lr-max 0.1";
  const Json json = ravine_json(words(line));
  const test::Process process = ravine(words(line + " --csv"));
  EXPECT_EQ(process.err, "");
  std::istringstream lines(process.out);
  std::string row;
  std::getline(lines, row);
  EXPECT_EQ(row, "lr,loss,smoothed");
  for (const Json& point : json["curve"]) {
    std::getline(lines, row);
    const Json cells = Json::parse("[" + row + "]", nullptr, false);
    EXPECT_EQ(cells, Json({point["lr"], point["loss"], point["smoothed"]})) << row;
  }
  EXPECT_EQ(json["curve"].size(), 20U);
  EXPECT_NEAR(json["curve"][19]["lr"], 0.1, 1e-15);
  EXPECT_FALSE(std::getline(lines, row));
}

TEST(LrFind, WritesAPage) {
  const Folder folder;
  const auto page = folder.path() / "curve.html";
  const std::string line = "lr-find --data iris --steps 20 --report ";
  EXPECT_EQ(ravine(words(line, {page.string()})).status, 0);
  EXPECT_THAT(data::testing::content_of(page), HasSubstr(R"("command":"lr-find")"));
  EXPECT_TRUE(refused(words(line + "/nowhere/a.html"), {"/nowhere"}));
}

TEST(LrFind, SaysThatTheLossNeverFalls) {
  const std::string line = "lr-find --data digits --lr-min 1e-15 --lr-max 1e-14 --steps 50";
  EXPECT_THAT(ravine(words(line)).out, HasSubstr("No learning rate is suggested"));
  const Json json = ravine_json(words(line));
  EXPECT_EQ(json["suggestion"], Json::parse(R"({"lr": null, "steepest": null, "minimum": null})"));
}

TEST(LrFind, RefusesWhatCannotBe) {
  const std::string line = "lr-find --data iris ";
  EXPECT_TRUE(refused(words(line + "--lr-min 0"), {"above 0, 0 was given"}));
  EXPECT_TRUE(refused(words(line + "--lr-min 1 --lr-max 0.1"), {"above the lowest", "--lr-max"}));
  EXPECT_TRUE(refused(words(line + "--steps 3"), {"steps must be at least 10, 3 was given"}));
  EXPECT_TRUE(refused(words(line + "--json --csv"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(words(line + "--optimizer adma"), {"did you mean 'adam'?"}));
  EXPECT_TRUE(refused(words("lr-find"), {"--data is required"}));
}

}  // namespace
}  // namespace ravine::apps
