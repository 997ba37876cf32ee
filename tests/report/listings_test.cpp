#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "ravine/report/datasets.hpp"
#include "ravine/report/optimizers.hpp"
#include "ravine/report/schedules.hpp"
#include "ravine/tensor/text.hpp"

// What is known by name, as text and as JSON.

namespace ravine::report {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Json = nlohmann::json;

/// The lines of a page that belong to its table, cut into cells at two blanks or more.
std::vector<std::vector<std::string>> table_of(const std::string& page, const std::string& title) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(page.substr(page.find(title)));
  static const std::regex gap("  +");
  for (std::string line; std::getline(lines, line) && !line.empty();)
    rows.emplace_back(std::sregex_token_iterator(line.begin(), line.end(), gap, -1),
                      std::sregex_token_iterator());
  return rows;
}

TEST(OptimizerPage, OfEveryRuleHasNothingEmpty) {
  for (const optim::RuleInfo& rule : optim::rules()) {
    const std::string page = optimizer_page(rule);
    SCOPED_TRACE(page);
    EXPECT_THAT(page, StartsWith(text(rule.about.name, ": ", rule.about.summary, "\n\n    ")));
    EXPECT_GT(rule.about.summary.size(), 20U);
    EXPECT_THAT(page, HasSubstr("w ← "));
    EXPECT_THAT(page, HasSubstr(text("\nreference  ", rule.about.reference, "\n")));
    EXPECT_TRUE(
        std::regex_search(std::string(rule.about.reference), std::regex("\\((19|20)..\\)")));
    EXPECT_TRUE(std::regex_search(page, std::regex("\nstate      .*[0-9]+ bytes a parameter")) ||
                page.find("\nstate      none") != std::string::npos);

    EXPECT_TRUE(std::regex_search(page, std::regex("\ntuned      lr [0-9.e-]+ to [0-9.e-]+")));
    const auto rows = table_of(page, "hyper-parameter");
    ASSERT_EQ(rows.size(), rule.fields.size() + 1);
    for (std::size_t i = 0; i < rule.fields.size(); ++i) {
      ASSERT_EQ(rows[i + 1].size(), 4U);
      EXPECT_EQ(rows[i + 1][0], rule.fields[i].name);
      EXPECT_EQ(rows[i + 1][1], text(rule.fields[i].standard));
      EXPECT_EQ(rows[i + 1][2], rule.fields[i].range);
      EXPECT_THAT(rows[i + 1][3], StartsWith(std::string(rule.fields[i].help)));
      EXPECT_GT(rule.fields[i].help.size(), 10U);
    }
    EXPECT_EQ(rule.decay.has_value(), page.find("\nweight_decay") != std::string::npos);
  }
}

TEST(OptimizerPage, SaysHowTheDecayIsApplied) {
  EXPECT_THAT(optimizer_page(optim::find_rule("adam")), HasSubstr("added to the gradient"));
  EXPECT_THAT(optimizer_page(optim::find_rule("adamw")), HasSubstr("taken away beside the update"));
}

TEST(SettingsText, LeavesOutWhatIsAsUsual) {
  EXPECT_EQ(settings_text("adam", {{"lr", 0.001}, {"beta1", 0.9}, {"beta2", 0.99}}),
            "lr=0.001 beta2=0.99");
}

TEST(SchedulePage, OfEveryScheduleHasNothingEmpty) {
  for (const optim::ScheduleInfo& schedule : optim::schedules()) {
    const std::string page = schedule_page(schedule);
    SCOPED_TRACE(page);
    EXPECT_THAT(page, StartsWith(text(schedule.about.name, ": ")));
    EXPECT_GT(schedule.about.summary.size(), 10U);
    EXPECT_THAT(page, HasSubstr("lr"));
    EXPECT_GT(schedule.about.reference.size(), 10U);
    if (schedule.fields.empty()) continue;
    const auto rows = table_of(page, "setting  ");
    ASSERT_EQ(rows.size(), schedule.fields.size() + 1);
    for (const auto& row : rows) EXPECT_EQ(row.size(), 4U);
  }
}

TEST(OptimizersJson, KeepsNumbersAndFlagsApart) {
  const std::vector<const optim::RuleInfo*> rules{&optim::find_rule("adam")};
  const Json fields = Json::parse(optimizers_json(rules))["optimizers"][0]["hyperparameters"];
  const Json lr{
      {"name", "lr"}, {"default", 0.001}, {"range", "[0, inf)"}, {"help", "learning rate"}};
  EXPECT_EQ(fields[0], lr);  // which has no other name
  EXPECT_EQ(fields[7]["name"], "bias_correction");
  EXPECT_EQ(fields[7]["default"], true);
}

TEST(SchedulesJson, HasTheOtherNamesOfSettings) {
  const Json all = Json::parse(schedules_json(std::vector{optim::find_schedule("cosine")}));
  const Json& settings = all["schedules"][0]["settings"];
  EXPECT_EQ(settings[0]["alias"], "T_max");
  EXPECT_EQ(settings[1]["alias"], "eta_min");
}

TEST(DatasetList, SaysWhereItIsOrHowToGetIt) {
  const std::vector<data::Listing> listings{{.name = "here",
                                             .description = "some numbers",
                                             .train_examples = 1503,
                                             .features = 5,
                                             .found = "/data/here",
                                             .how_to_get = ""},
                                            {.name = "there",
                                             .description = "pictures",
                                             .task = data::Task::classification,
                                             .train_examples = 60000,
                                             .test_examples = 10000,
                                             .features = 784,
                                             .classes = 10,
                                             .found = "",
                                             .how_to_get = "fetch it"}};
  const std::string list = dataset_list(listings);
  EXPECT_THAT(list, HasSubstr("1,503       -         5        -  some numbers  /data/here\n"));
  EXPECT_THAT(list, HasSubstr("not here; get it: fetch it\n"));
  const Json json = Json::parse(datasets_json(listings))["datasets"];
  EXPECT_EQ(json[0]["found"], "/data/here");
  EXPECT_TRUE(json[0]["how_to_get"].is_null());
  EXPECT_TRUE(json[1]["found"].is_null());
  EXPECT_EQ(json[1]["test"], 10000);
}

}  // namespace
}  // namespace ravine::report
