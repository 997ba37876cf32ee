#include "ravine/report/lab/spectrum_progress.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ravine::report {
namespace {

using lab::SpectrumProgress;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using Part = SpectrumProgress::Part;

TEST(SpectrumProgress, SaysWhatIsDoneAndHowLongTheRestTakes) {
  // 60 of 300 in 30 s: 120 s for the others.
  EXPECT_THAT(spectrum_bar({Part::curvature, 60, 300}, {.seconds = 30}),
              AllOf(StartsWith("curvature at the start, product 60 of at most 300  "),
                    HasSubstr("━"), EndsWith("  2:00 left")));
  EXPECT_THAT(spectrum_bar({Part::descent, 1500, 2000}, {.seconds = 30}),
              AllOf(StartsWith("gradient descent, step 1,500 of at most 2,000  "),
                    EndsWith("  0:10 left")));
  EXPECT_THAT(spectrum_bar({Part::momentum, 1, 2}, {.seconds = 1}), StartsWith("momentum, step 1"));
}

TEST(SpectrumProgress, HasNoTimeBeforeTheFirstStep) {
  EXPECT_THAT(spectrum_bar({Part::descent, 0, 200}, {.seconds = 9}),
              AllOf(HasSubstr("step 0 of"), testing::Not(HasSubstr("left"))));
}

TEST(SpectrumProgress, FitsTheTerminal) {
  EXPECT_EQ(spectrum_bar({Part::descent, 1, 200}, {.seconds = 1, .columns = 20}),
            "gradient descent, s");
}

}  // namespace
}  // namespace ravine::report
