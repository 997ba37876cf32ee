#include "ravine/report/lab/averaging.hpp"

#include <gmock/gmock.h>

#include "support/browser.hpp"

namespace ravine::report {
namespace {

using test::labels_of;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::SizeIs;

TEST(AveragingExhibit, SaysWhatTheFirstBetaRemembers) {
  const std::string findings =
      averaging_exhibit(lab::averaging({.betas = {0.75, 0.5}, .steps = 1})).findings;
  EXPECT_THAT(findings, AllOf(HasSubstr("count as 4 gradients"), HasSubstr("After 1 step the"),
                              HasSubstr("sum to 1."), HasSubstr("average is 0.25 after")));
}

TEST(AveragingExhibit, SaysThatBetaZeroRemembersNothing) {
  const Exhibit exhibit = averaging_exhibit(lab::averaging({.betas = {0}}));
  EXPECT_THAT(
      exhibit.findings,
      AllOf(HasSubstr("With β = 0 nothing is remembered: sum and average are the gradient."),
            testing::Not(HasSubstr("must be smaller"))));
}

TEST(AveragingPage, DrawsWeightsAndSignals) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::quiet_visit(
      exhibit_page(averaging_exhibit(lab::averaging({.betas = {0.9, 0.5}, .steps = 20}))));
  EXPECT_THAT(visited.dom, HasSubstr("<h1>What momentum remembers</h1>"));
  const std::string_view weights =
      test::figure_of(visited.dom, "What a gradient counts when it gets old");
  const std::string second = "β 0.5, age in steps 1, weight in the sum 0.5";
  EXPECT_THAT(labels_of(weights, "line"), Contains(second));
  EXPECT_THAT(labels_of(weights, "dashed"), Contains(second));
  EXPECT_THAT(labels_of(weights, "line"),
              Contains("β 0.9, age in steps 2, weight in the sum 0.81"));

  const std::string_view constant = test::figure_of(visited.dom, "A constant gradient of 1, β 0.9");
  const std::string of_step = ", step 2, the rule's step at learning rate 1 ";
  EXPECT_THAT(labels_of(constant, "line"),
              AllOf(Contains("sum" + of_step + "1.9"), Contains("average" + of_step + "0.19"),
                    Contains("corrected average" + of_step + "1")));
  EXPECT_THAT(std::string(constant), HasSubstr("1 / (1 − β)"));

  const std::string_view noisy = test::figure_of(visited.dom, "A noisy gradient that turns round");
  EXPECT_THAT(labels_of(noisy, "points"), SizeIs(20));
  EXPECT_THAT(labels_of(noisy, "line"), Contains(HasSubstr("β 0.5, step 20, gradient ")));
}

}  // namespace
}  // namespace ravine::report
