#include <functional>
#include <sstream>

#include "apps/command.hpp"
#include "ravine/tensor/random.hpp"

// Tables such as people have, through train, evaluate and predict, with no option but --data and
// --target.

namespace ravine::apps {
namespace {

using data::testing::content_of;

constexpr int examples = 200;

/// A table of `features` columns around a centre that depends on the class of each row; `row`
/// writes one of features and class.
std::string table(std::size_t features, std::size_t classes,
                  const std::function<std::string(const Words&, std::size_t)>& row) {
  Generator generator(1);
  std::string content;
  for (int i = 0; i < examples; ++i) {
    const std::size_t label = generator.below(classes);
    Words cells;
    for (std::size_t j = 0; j < features; ++j) {
      const double center = j % classes == label ? 14.5 : 12.0;
      cells.push_back(std::to_string(center + generator.normal() / 2));
    }
    content += row(cells, label);
  }
  return content;
}

std::string joined_by(const Words& cells, const std::string& delimiter) {
  std::string line;
  for (const std::string& cell : cells) line += cell + delimiter;
  return line;
}

std::vector<Words> rows_of_csv(const std::string& csv) {
  std::vector<Words> rows;
  std::istringstream lines(csv);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream cells(line);
    rows.emplace_back();
    for (std::string cell; std::getline(cells, cell, ',');) rows.back().push_back(cell);
  }
  return rows;
}

/// Trains on the table, evaluates and predicts on the same file, and holds the two against each
/// other. Returns the predictions.
std::vector<Words> go_through(const std::string& content, const Words& target, std::size_t features,
                              std::size_t classes) {
  const Folder folder;
  const std::string file = folder.write("table.csv", content);
  const std::string run = folder.path() / "run";
  Words train{"train", "--data", file, "--out", run};
  train.insert(train.end(), target.begin(), target.end());
  const Json trained = ravine_json(train);
  EXPECT_EQ(trained["data"]["task"], "classification");
  EXPECT_EQ(trained["data"]["features"], features);
  EXPECT_EQ(trained["data"]["classes"], classes);
  EXPECT_EQ(trained["data"]["train"].get<int>() + trained["data"]["test"].get<int>(), examples);
  EXPECT_GT(trained["final"]["test_accuracy"], 0.9);

  const Json evaluated = ravine_json({"evaluate", "--model", run, "--data", file});
  EXPECT_EQ(evaluated["command"], "evaluate");
  EXPECT_EQ(evaluated["examples"], examples);
  EXPECT_GT(evaluated["test_accuracy"], 0.9);
  EXPECT_TRUE(evaluated["test_loss"].is_number());

  const Process predicted = ravine({"predict", "--model", run, "--data", file});
  EXPECT_EQ(predicted.status, 0) << predicted.err;
  const auto rows = rows_of_csv(predicted.out);
  EXPECT_EQ(rows.size(), examples + 1U);
  for (const Words& row : rows) EXPECT_EQ(row.size(), classes + 1);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    double sum = 0;
    for (std::size_t c = 1; c < rows[i].size(); ++c) sum += std::stod(rows[i][c]);
    EXPECT_NEAR(sum, 1, 1e-5);
  }
  return rows;
}

TEST(OwnTables, BreastCancerWithAHeaderTextLabelsAndTheTargetFirst) {
  const std::string header = "diagnosis,radius,texture,perimeter,area\r\n";
  const auto rows = go_through(header + table(4, 2,
                                              [](const Words& cells, std::size_t label) {
                                                std::string line = label == 0 ? "B" : "M";
                                                for (const auto& cell : cells) line += "," + cell;
                                                return line + "\r\n";
                                              }),
                               {"--target", "diagnosis"}, 4, 2);
  EXPECT_EQ(rows[0], (Words{"class", "p_B", "p_M"}));
  for (std::size_t i = 1; i < rows.size(); ++i)
    EXPECT_EQ(rows[i][0], std::stod(rows[i][1]) > std::stod(rows[i][2]) ? "B" : "M");
}

TEST(OwnTables, WineWithoutAHeaderAndTheTargetFirst) {
  const auto rows = go_through(table(13, 3,
                                     [](const Words& cells, std::size_t label) {
                                       std::string line = std::to_string(label + 1);
                                       for (const auto& cell : cells) line += "," + cell;
                                       return line + "\n";
                                     }),
                               {"--target", "0"}, 13, 3);
  EXPECT_EQ(rows[0], (Words{"class", "p_1", "p_2", "p_3"}));
}

TEST(OwnTables, SemicolonsAQuotedHeaderAndABlankLineAtTheEnd) {
  const std::string header =
      "\"fixed acidity\";\"residual sugar\";\"free; sulfur dioxide\";\"quality\"\n";
  const auto rows =
      go_through(header +
                     table(3, 3,
                           [](const Words& cells, std::size_t label) {
                             return joined_by(cells, ";") + std::to_string(label + 4) + "\n";
                           }) +
                     "\n",
                 {}, 3, 3);
  EXPECT_EQ(rows[0], (Words{"class", "p_4", "p_5", "p_6"}));
}

TEST(OwnTables, TabsAndQuotedLabels) {
  const auto rows = go_through(
      "a\tb\tkind\n" + table(2, 2,
                             [](const Words& cells, std::size_t label) {
                               return joined_by(cells, "\t") +
                                      (label == 0 ? "\"the first\"" : "\"the second\"") + "\n";
                             }),
      {"--target", "kind"}, 2, 2);
  EXPECT_EQ(rows[0], (Words{"class", "p_the first", "p_the second"}));
}

TEST(OwnTables, ClassNamesAreQuotedWhereTheyMustBe) {
  const Folder folder;
  const std::string file = folder.write(
      "t.csv", "x,kind\n" + table(1, 2, [](const Words& cells, std::size_t label) {
                 return cells[0] + (label == 0 ? ",\"a, b\"\n" : ",\"say \"\"c\"\"\"\n");
               }));
  const std::string run = folder.path() / "run";
  ASSERT_EQ(ravine({"train", "--quiet", "--data", file, "--out", run}).status, 0);
  const Process predicted = ravine({"predict", "--model", run, "--data", file});
  EXPECT_THAT(predicted.out, testing::StartsWith("class,\"p_a, b\",\"p_say \"\"c\"\"\"\n"));
}

TEST(OwnTables, PredictNeedsNoTargetAndWritesAFile) {
  const Folder folder;
  Generator generator(3);
  std::string whole = "area,rooms,price\n";
  std::string asked = "rooms,area\n";
  for (int i = 0; i < examples; ++i) {
    const double area = 20 + 100 * generator.uniform();
    const auto rooms = static_cast<double>(1 + generator.below(6));
    const double price = 50'000 + 1000.5 * area + 2000 * rooms;
    whole +=
        std::to_string(area) + "," + std::to_string(rooms) + "," + std::to_string(price) + "\n";
    asked += std::to_string(rooms) + "," + std::to_string(area) + "\n";
  }
  const std::string run = folder.path() / "run";
  const std::string out = folder.path() / "prices.csv";
  const Json trained =
      ravine_json(words("train --model linear --optimizer momentum --epochs 50 --data",
                        {folder.write("houses.csv", whole), "--out", run}));
  EXPECT_GT(trained["final"]["test_r2"], 0.999);
  const Process predicted =
      ravine({"predict", "--model", run, "--data", folder.write("asked.csv", asked), "--out", out});
  EXPECT_EQ(predicted.status, 0) << predicted.err;
  EXPECT_EQ(predicted.out, "");
  const auto rows = rows_of_csv(content_of(out));
  ASSERT_EQ(rows.size(), examples + 1U);
  EXPECT_EQ(rows[0], Words{"price"});
  const auto prices = rows_of_csv(whole);
  for (std::size_t i = 1; i < rows.size(); ++i)
    EXPECT_NEAR(std::stod(rows[i][0]), std::stod(prices[i][2]), 1000) << i;

  const Json json = ravine_json({"predict", "--model", run, "--data", folder.path() / "asked.csv"});
  EXPECT_EQ(json["examples"], examples);
  EXPECT_NEAR(json["predictions"][0].get<double>(), std::stod(rows[1][0]), 1e-2);
}

TEST(OwnTables, AColumnOfWordsIsLeftOut) {
  const std::string content =
      "city,a,b,kind\n" + table(2, 2, [](const Words& cells, std::size_t label) {
        return "Lviv," + joined_by(cells, ",") + (label == 0 ? "x\n" : "y\n");
      });
  for (const bool header : {true, false}) {
    const std::string rows = header ? content : content.substr(content.find('\n') + 1);
    go_through(rows, {"--drop", header ? "city" : "0"}, 2, 2);
  }
  const Folder folder;
  const std::string file = folder.write("t.csv", content);
  for (const char* command : {"compare --trials 1 --seeds 1 --epochs 1 --optimizers sgd",
                              "lr-find --steps 20", "lab spectrum --hidden 2"}) {
    EXPECT_TRUE(fails(2, words(command, {"--quiet", "--data", file}), {"--drop city"}));
    const Process process = ravine(words(command, {"--quiet", "--data", file, "--drop", "city"}));
    EXPECT_EQ(process.status, 0) << process.err;
  }
}

TEST(OwnTables, MissingValues) {
  const std::string content = "a,b,kind\n" + table(2, 2, [](const Words& cells, std::size_t label) {
                                const std::string first = cells[0] < "12" ? "NA" : cells[0];
                                return first + "," + cells[1] + (label == 0 ? ",x\n" : ",y\n");
                              });
  const Folder folder;
  const std::string file = folder.write("t.csv", content);
  EXPECT_TRUE(fails(2, {"train", "--quiet", "--data", file}, {"--missing drop or mean"}));
  const Json dropped = ravine_json({"train", "--data", file, "--missing", "drop"});
  const Json filled = ravine_json({"train", "--data", file, "--missing", "mean"});
  const auto total = [](const Json& json) {
    return json["data"]["train"].get<int>() + json["data"]["test"].get<int>();
  };
  EXPECT_LT(total(dropped), examples);
  EXPECT_EQ(total(filled), examples);
}

TEST(Evaluate, TakesTheTestPartOfTheTraining) {
  const Folder folder;
  const std::string run = folder.path() / "run";
  const Json trained =
      ravine_json(words("train --data iris --epochs 3 --seed 7 --test-fraction 0.4 --out", {run}));
  for (const std::string& model : {run, run + "/model.safetensors"}) {
    const Json evaluated = ravine_json({"evaluate", "--data", "iris", "--model", model});
    EXPECT_EQ(evaluated["examples"], trained["data"]["test"]);
    EXPECT_EQ(evaluated["test_loss"], trained["final"]["test_loss"]);
  }
  const Json other =
      ravine_json({"evaluate", "--data", "iris", "--model", run, "--test-fraction", "0.1"});
  EXPECT_EQ(other["examples"], 15);
}

}  // namespace
}  // namespace ravine::apps
