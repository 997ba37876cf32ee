// What the compiler says of a user's rule that is written wrongly.
#include <gmock/gmock.h>

#include <string>

#include "data/files.hpp"
#include "support/process.hpp"

namespace ravine {
namespace {

constexpr std::string_view wrong_rules = R"cpp(
#include <ravine/optim/plugin.hpp>
  using namespace ravine::optim;

  struct Nothing {};
  template void ravine::optim::register_rule<Nothing>();

  struct NoDecay {
    double lr = 1, weight_decay = 0;
    static constexpr About about{"no_decay", "a summary", "w ← w − lr g", ""};
    static constexpr Slot<NoDecay> slots[] = {{"a"}, {"b"}, {"c"}, {"d"}, {"e"}};
    static constexpr Field<NoDecay> fields[] = {lr_field(&NoDecay::lr)};
  };
  template RuleInfo ravine::optim::info_of<NoDecay>();

  struct NoUpdate {
    double lr = 1;
    static constexpr About about{"no_update", "a summary", "w ← w − lr g", "this file"};
    static constexpr Field<NoUpdate> fields[] = {lr_field(&NoUpdate::lr)};
  };
  Plugin a_plugin = plugin<NoUpdate>();

  struct OneSlotMore {
    double lr = 1;
    static constexpr About about{"one_slot_more", "a summary", "w ← w − lr g", "this file"};
    static constexpr Field<OneSlotMore> fields[] = {lr_field(&OneSlotMore::lr)};
    static constexpr Slot<OneSlotMore> slots[] = {{"a"}, {"b"}};
    template <class T>
    auto at(Step) const {
      return [lr = T(lr)](auto& w, auto g, auto&) { w -= lr * g; };
    }
  };
  Plugin another_plugin = plugin<OneSlotMore>();
)cpp";

TEST(OwnRule, WhatItLacksTheCompilerSaysInASentence) {
  const data::testing::Folder folder;
  const auto done = test::run_process(
      RAVINE_CXX, {"-std=c++20", "-fsyntax-only", "-I" + std::string(RAVINE_SOURCE_DIR) + "/lib",
                   folder.write("wrong.cpp", wrong_rules).string()});
  EXPECT_NE(done.status, 0);
  for (const char* sentence :
       {"A rule says what it is: ", "A rule has a learning rate: ",
        "A rule has a table of its hyper-parameters: ", "A rule's about has a name, a summary, ",
        "A rule has no more slots than ", "A rule with a weight_decay says how it is applied: ",
        "A rule has an update: ", "takes w, g and one argument more for each slot: "})
    EXPECT_THAT(done.err, testing::HasSubstr(sentence));
}

}  // namespace
}  // namespace ravine
