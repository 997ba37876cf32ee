#include "ravine/compare/search_space.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/optim/registry.hpp"
#include "ravine/tensor/error.hpp"
#include "support/throws.hpp"

namespace ravine::compare {
namespace {

using testing::HasSubstr;

std::vector<std::string> fields_of(const SearchSpace& space) {
  std::vector<std::string> fields;
  for (const Dimension& dimension : space) fields.push_back(dimension.field);
  return fields;
}

TEST(SearchSpace, IsTwoDecadesAroundTheRateAndWhatTheTableSays) {
  const SearchSpace space = space_of({"adam"});
  ASSERT_EQ(fields_of(space), (std::vector<std::string>{"lr", "beta1"}));
  EXPECT_DOUBLE_EQ(space[0].low, 1e-5);
  EXPECT_DOUBLE_EQ(space[0].high, 1e-1);
  EXPECT_EQ(space[0].scale, Scale::log);
  EXPECT_DOUBLE_EQ(space[0].standard, 1e-3);
  EXPECT_DOUBLE_EQ(space[1].low, 0.5);
  EXPECT_DOUBLE_EQ(space[1].high, 0.99);
  EXPECT_EQ(space[1].scale, Scale::log_gap);
}

TEST(SearchSpace, HoldsWhatTheSpecSets) {
  EXPECT_EQ(fields_of(space_of({"momentum", {{"momentum", 0.5}}})),
            (std::vector<std::string>{"lr"}));
  // By another name, and by none, which means the first field.
  EXPECT_EQ(fields_of(space_of({"rmsprop", {{"beta", 0.9}}})), (std::vector<std::string>{"lr"}));
  EXPECT_EQ(fields_of(space_of({"momentum", {{"", 0.1}}})), (std::vector<std::string>{"momentum"}));
  EXPECT_TRUE(space_of({"sgd", {{"lr", 0.1}}}).empty());
}

TEST(SearchSpace, EveryRuleThatHasARateHasASpaceWithinWhatItTakes) {
  for (const optim::RuleInfo& rule : optim::rules()) {
    const SearchSpace space = space_of({std::string(rule.about.name)});
    ASSERT_FALSE(space.empty()) << rule.about.name;
    EXPECT_EQ(space.front().field, "lr") << rule.about.name;
    for (const Dimension& dimension : space)
      for (const double place : {0.0, 0.3, 1.0})
        EXPECT_TRUE(dimension.allowed.contains(dimension.at(place)))
            << rule.about.name << ' ' << dimension.field;
  }
}

TEST(SearchSpace, TakesTheRangesAskedFor) {
  const SearchSpace space =
      space_of({"adam"}, parse_ranges("adam:lr=1e-4..1e-2, beta2=0.9..0.999,eps=1e-10..1e-2"));
  ASSERT_EQ(fields_of(space), (std::vector<std::string>{"lr", "beta1", "beta2", "eps"}));
  EXPECT_DOUBLE_EQ(space[0].high, 1e-2);
  EXPECT_EQ(space[2].scale, Scale::log_gap);
  EXPECT_EQ(space[3].scale, Scale::log);
  // They are those of one optimizer.
  EXPECT_DOUBLE_EQ(space_of({"sgd"}, parse_ranges("adam:lr=1e-4..1e-2"))[0].high, 1);
  // Wherever 0 is an end, decades have none.
  EXPECT_EQ(space_of({"adam"}, parse_ranges("adam:weight_decay=0..0.1"))[2].scale, Scale::linear);
}

TEST(SearchSpace, WrongRangesAreRefused) {
  const auto refused = [](const char* ranges, const char* part) {
    return test::throws<InputError>([&] { space_of({"adam"}, parse_ranges(ranges)); },
                                    HasSubstr(part));
  };
  EXPECT_TRUE(refused("lr=1..2", "must be as in adam:lr="));
  EXPECT_TRUE(refused("adam:lr", "must be a field and its range"));
  EXPECT_TRUE(refused("adam:lr=0.1", "'0.1' must be two ends, as in 0.001..0.1"));
  EXPECT_TRUE(refused("adam:lr=0.1..x", "x"));
  EXPECT_TRUE(refused("adam:lr=0.1..0.01", "the first end must be below the second"));
  EXPECT_TRUE(refused("adam:beta1=0.5..1.5", "the ends must be in [0, 1), 1.5 is not"));
  EXPECT_TRUE(refused("adam:amsgrad=0..1", "only numbers have a range"));
  EXPECT_TRUE(refused("adam:lr=0.1..1,lr=0.2..1", "was given twice"));
  EXPECT_TRUE(test::throws<UnknownName>(
      [] { space_of({"adam"}, parse_ranges("adam:beta3=0..0.5")); }, HasSubstr("beta")));
  EXPECT_TRUE(test::throws<InputError>(
      [] { check_that_all_are_used(parse_ranges("adma:lr=0.1..1"), {{"adam"}}); },
      HasSubstr("no optimizer 'adma' takes part")));
  EXPECT_TRUE(test::throws<InputError>(
      [] {
        check_that_all_are_used(parse_ranges("adam:lr=0.1..1"), {{"adam", {{"lr", 0.1}}}});
      },
      HasSubstr("leaves it open")));
}

TEST(Dimension, DividesItsRangeEvenlyAlongTheScale) {
  const Dimension rate{.field = "lr", .low = 1e-4, .high = 1, .scale = Scale::log};
  EXPECT_DOUBLE_EQ(rate.at(0), 1e-4);
  EXPECT_DOUBLE_EQ(rate.at(0.5), 1e-2);
  EXPECT_DOUBLE_EQ(rate.at(1), 1);
  EXPECT_DOUBLE_EQ(rate.length(), 4);
  const Dimension kept{
      .field = "momentum", .low = 0, .high = 0.99, .scale = Scale::log_gap, .allowed = {.high = 1}};
  EXPECT_DOUBLE_EQ(kept.at(0.5), 0.9);
  EXPECT_DOUBLE_EQ(kept.length(), 2);
  const Dimension size{.field = "history_size",
                       .low = 1,
                       .high = 4,
                       .scale = Scale::linear,
                       .allowed = optim::count};
  EXPECT_DOUBLE_EQ(size.at(0.6), 3);
}

TEST(Dimension, GivesNumbersThatPeopleCanType) {
  const Dimension rate{.field = "lr", .low = 1e-4, .high = 1, .scale = Scale::log};
  EXPECT_EQ(rate.at(0.3), 0.00158);  // 10^-2.8 = 0.0015849
  const Dimension kept{.field = "momentum", .low = 0.5, .high = 0.99, .scale = Scale::log_gap};
  EXPECT_EQ(kept.at(0.75), 0.9734);  // 1 - 10^-(0.30103 + 0.75 * 1.69897) = 1 - 0.02659
  const Dimension large{.field = "x", .low = 1, .high = 1e6, .scale = Scale::log};
  EXPECT_EQ(large.at(0.9), 251000);  // 10^5.4 = 251189
}

TEST(StripBeyond, IsAQuarterMoreOrWhatIsAllowed) {
  const Dimension rate{.field = "lr", .low = 1e-4, .high = 1, .scale = Scale::log};
  const auto higher = strip_beyond(rate, End::high);
  EXPECT_DOUBLE_EQ(higher->low, 1);
  EXPECT_DOUBLE_EQ(higher->high, 10);
  EXPECT_NEAR(strip_beyond(rate, End::low)->low, 1e-5, 1e-17);
  const Dimension kept{.field = "momentum",
                       .low = 0.1,
                       .high = 0.9999,
                       .scale = Scale::log_gap,
                       .allowed = {.high = 1}};
  EXPECT_DOUBLE_EQ(strip_beyond(kept, End::low)->low, 0);  // below 0 nothing is
  Dimension all = kept;
  all.low = 0;
  EXPECT_FALSE(strip_beyond(all, End::low).has_value());
}

TEST(StripBeyond, KeepsToWhatIsAllowedAtBothEnds) {
  const Dimension share{
      .field = "dampening", .low = 0.1, .high = 0.9, .allowed = {.high = 1, .has_high = true}};
  EXPECT_DOUBLE_EQ(strip_beyond(share, End::high)->high, 1);
  EXPECT_DOUBLE_EQ(strip_beyond(share, End::low)->low, 0);
  // Whole numbers go on in whole numbers: a quarter of 21 is 5.25, of 59 is 14.75.
  const Dimension upward{.field = "max_iter", .low = 2, .high = 23, .allowed = optim::count};
  EXPECT_EQ(strip_beyond(upward, End::high)->high, 28);
  const Dimension downward{
      .field = "history_size", .low = 41, .high = 100, .allowed = optim::count};
  EXPECT_EQ(strip_beyond(downward, End::low)->low, 26);
}

}  // namespace
}  // namespace ravine::compare
