#include "ravine/report/lab/oscillator.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "support/browser.hpp"

namespace ravine::report {
namespace {

using test::labels_of;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(OscillatorExhibit, SaysWhatIsUnstable) {
  const Exhibit exhibit = oscillator_exhibit(lab::oscillator({.curvatures = {3, 60}}));
  EXPECT_THAT(exhibit.findings, HasSubstr("learning rate 0.0625, momentum 0.5."));
  // 60 / 16 is above 3; dt^2 60 < 2 (2 + 4 dt) + 4 up to dt = (4 + sqrt(16 + 480)) / 60.
  EXPECT_THAT(exhibit.findings,
              AllOf(HasSubstr("Curvature 60 is unstable: the learning rate times it is 3.75, and "
                              "must be below 2 + 2β = 3; steps of time below 0.4379"),
                    Not(HasSubstr("Curvature 3 is"))));
}

TEST(OscillatorExhibit, CountsOneStep) {
  EXPECT_THAT(oscillator_exhibit(lab::oscillator({.steps = 1})).findings,
              HasSubstr("of the state's size in 1 step."));
}

TEST(OscillatorPage, DrawsMotionDecayAndGain) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::quiet_visit(
      exhibit_page(oscillator_exhibit(lab::oscillator({.curvatures = {2, 30}, .steps = 40}))));
  EXPECT_THAT(visited.dom, HasSubstr("<h1>Momentum as a damped oscillator</h1>"));
  // By hand: w_1 = w_0 - lr k w_0 = 1 - 30 / 16, and every half of a unit of time a point.
  const std::string_view motion =
      test::figure_of(visited.dom, "Momentum's steps beside the particle's motion");
  EXPECT_THAT(labels_of(motion, "points"),
              AllOf(Contains("k = 30, time 0.5, w -0.875"), Contains("k = 2, time 0.5, w 0.875")));
  const auto start = test::place_of(motion, "k = 2, time 0, w 1");
  const auto one = test::place_of(motion, "k = 2, time 0.5, w 0.875");
  const auto other = test::place_of(motion, "k = 30, time 0.5, w -0.875");
  EXPECT_NEAR((one.y - start.y) / (other.y - start.y), 0.125 / 1.875, 1e-6);
  EXPECT_THAT(labels_of(motion, "dashed"), Not(IsEmpty()));

  const std::string_view decay =
      test::figure_of(visited.dom, "The size of the state, step by step");
  EXPECT_THAT(labels_of(decay, "line"), Contains(HasSubstr("k = 30, step 40")));
  EXPECT_THAT(labels_of(decay, "dashed"), Contains(HasSubstr("k = 2, step 40")));

  const std::string_view gain =
      test::figure_of(visited.dom, "What momentum gains over gradient descent");
  EXPECT_THAT(labels_of(gain, "points"),
              testing::ElementsAre("k = 2, curvature k 2, speed-up 2",
                                   "k = 30, curvature k 30, speed-up 0.1333"));
  EXPECT_THAT(std::string(gain), HasSubstr("as fast as gradient descent"));
}

TEST(OscillatorPage, AnUnstableRunLeavesTheOthersTheirRoom) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visited = test::quiet_visit(
      exhibit_page(oscillator_exhibit(lab::oscillator({.curvatures = {3, 1000}}))));
  const std::string_view motion =
      test::figure_of(visited.dom, "Momentum's steps beside the particle's motion");
  EXPECT_THAT(labels_of(motion, "points"),
              AllOf(Contains("k = 1000, time 0, w 1"), Not(Contains(HasSubstr("time 0.5, w -61")))))
      << "w_1 = 1 - 1000 / 16 is out of sight";
}

}  // namespace
}  // namespace ravine::report
