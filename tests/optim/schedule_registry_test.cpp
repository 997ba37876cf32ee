#include "ravine/optim/schedule_registry.hpp"

#include <gtest/gtest.h>

#include <set>

#include "ravine/optim/schedule.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

TEST(ScheduleRegistry, HasTheFieldsNames) {
  std::set<std::string_view> names;
  for (const ScheduleInfo& schedule : schedules()) names.insert(schedule.about.name);
  EXPECT_EQ(names, (std::set<std::string_view>{
                       "constant", "step", "multistep", "exponential", "cosine", "cosine_restarts",
                       "warmup", "linear", "polynomial", "one_cycle", "inverse_sqrt", "plateau"}));
  EXPECT_EQ(names.size(), schedules().size());
}

TEST(ScheduleRegistry, EachSaysWhatItIs) {
  for (const ScheduleInfo& schedule : schedules()) {
    const auto& [name, summary, formula, reference] = schedule.about;
    for (const std::string_view said : {name, summary, formula, reference})
      EXPECT_FALSE(said.empty()) << name;
    EXPECT_EQ(summary.find('\n'), std::string_view::npos) << name;
    EXPECT_FALSE(schedule.fields.empty()) << name;
    std::set<std::string_view> names;
    for (const FieldInfo& field : schedule.fields) {
      EXPECT_FALSE(field.help.empty()) << name << ' ' << field.name;
      EXPECT_FALSE(field.range.empty()) << name << ' ' << field.name;
      EXPECT_TRUE(names.insert(field.name).second) << name << ' ' << field.name;
      if (field.alias.empty()) continue;
      EXPECT_TRUE(names.insert(field.alias).second) << name << ' ' << field.alias;
    }
  }
}

TEST(ScheduleRegistry, EachIsMadeByItsNameAndDefaults) {
  for (const ScheduleInfo& info : schedules()) {
    const std::string name(info.about.name);
    Settings defaults;
    for (const FieldInfo& field : info.fields)
      defaults.push_back({std::string(field.name), field.standard});
    Schedule schedule(std::vector<Spec>{{.name = name, .settings = defaults}});
    EXPECT_EQ(text(schedule), name);
    schedule.start(100);
    for (int t = 0; t < 100; ++t) {
      const double lr = schedule.at(t, 0.1).lr;
      EXPECT_TRUE(lr > 0 && lr <= 0.1) << name << " at " << t << ": " << lr;
    }
  }
}

TEST(ScheduleRegistry, ALengthIsGivenWithoutItsName) {
  // The advice of the error for a missing length, name:100, is taken by every schedule that has
  // one.
  const auto followed = [](const std::string& spec) {
    return message([&] { parse_schedule(spec + "+constant"); });
  };
  int with_length = 0;
  for (const ScheduleInfo& info : schedules()) {
    const std::string name(info.about.name);
    if (followed(name).ends_with("put it last")) continue;
    ++with_length;
    EXPECT_NO_THROW(parse_schedule(name + ":100+constant")) << name;
  }
  EXPECT_EQ(with_length, 6);
}

TEST(ScheduleRegistry, OffersTheNearestName) {
  EXPECT_EQ(find_schedule("warmup").about.name, "warmup");
  EXPECT_EQ(message<UnknownName>([] { find_schedule("multi_step"); }),
            "unknown schedule 'multi_step' (did you mean 'multistep'?)");
}

}  // namespace
}  // namespace ravine::optim::testing
