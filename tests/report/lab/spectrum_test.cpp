#include "ravine/report/lab/spectrum.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/report/lab/spectrum_words.hpp"

namespace ravine::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A network whose largest curvature at the start is 4.
SpectrumStudy network() {
  return {.source = "made",
          .task = data::Task::classification,
          .available = 1234,
          .options = {.seed = 7},
          .environment = {},
          .result = {
              .architecture = {.kind = train::ModelKind::mlp,
                               .layers = {3, 5, 2},
                               .activation = Activation::tanh},
              .examples = 1000,
              .parameters = 32,
              .tolerance = 1e-6,
              .largest = 4,
              .smallest = -0.5,
              .condition_number = {},
              .descent = {.settings = {.lr = 0.25}, .largest_stable_lr = 0.5},
              .momentum = {.settings = {.lr = 0.475, .momentum = 0.9}, .largest_stable_lr = 0.95},
              .lanczos = lab::Spectrum::Lanczos{.largest_error = 1e-9,
                                                .smallest_error = 1e-8,
                                                .converged = true,
                                                .products = 21,
                                                .loss = 0.7,
                                                .ritz_values = {-0.5, 0, 4}}}};
}

lab::SharpnessPath path(double lr, std::vector<double> losses,
                        std::vector<lab::Sharpness> sharpness) {
  return {.settings = {.lr = lr},
          .limit = 2 / lr,
          .losses = std::move(losses),
          .sharpness = std::move(sharpness)};
}

std::string findings_with(const lab::SharpnessPath& run) {
  SpectrumStudy study = network();
  study.result.descent.path = run;
  return spectrum_findings(study);
}

TEST(SpectrumWords, SayWhatTheCurvatureIs) {
  const SpectrumStudy study = network();
  EXPECT_EQ(
      spectrum_title(study),
      "made, mlp 3-5-2 tanh: 1,000 examples of 1,234, 32 parameters, largest curvature L = 4");
  EXPECT_THAT(
      spectrum_findings(study),
      AllOf(HasSubstr("At the initial weights of seed 7 the loss is 0.7, and its curvatures "
                      "go from -0.5 to L = 4, by 21 products with the Hessian. The"),
            HasSubstr("2/L = 0.5, momentum 0.9 up to (2 + 2 * 0.9)/L = 0.95.")));
}

TEST(SpectrumWords, TellAnEndThatIsNotYetExact) {
  SpectrumStudy study = network();
  study.result.lanczos->converged = false;
  study.result.lanczos->smallest_error = 0.01;
  EXPECT_THAT(spectrum_findings(study),
              HasSubstr("(not yet exact: the smallest is right to 0.01)"));
  study.result.lanczos->largest_error = 0.02;
  EXPECT_THAT(spectrum_findings(study),
              HasSubstr("the smallest is right to 0.01, the largest is right to 0.02)"));
}

TEST(SpectrumWords, HaveAConditionNumberWhereThereIsOne) {
  SpectrumStudy study = network();
  study.result.smallest = 0.5;
  study.result.condition_number = 8;
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("from 0.5 to L = 4"), HasSubstr("Condition number 8, as long"),
                    Not(HasSubstr("no condition number"))));
}

TEST(SpectrumWords, HoldARunAgainstItsLimit) {
  EXPECT_THAT(findings_with(path(0.25, {3, 2, 1}, {{0, 4}, {2, 3}})),
              HasSubstr("Gradient descent at lr 0.25 is stable up to a sharpness of 2/lr = 8. At "
                        "the start it is 4, below, so that training is to go downhill while that "
                        "is so: the loss fell in all of 2 steps (from 3 to 1). The sharpness was "
                        "highest at the start, never above the limit."));
  EXPECT_THAT(findings_with(path(0.25, {3, 2, 2.5, 1}, {{0, 4}, {1, 9}, {3, 7}})),
              HasSubstr("the loss rose in 1 of 3 steps, at first in step 2 (from 3 to 1). The "
                        "sharpness rose to 9 by step 1, above the limit as of step 1."));
  EXPECT_THAT(findings_with(path(1, {3, 6, 12}, {{0, 4}, {2, 5}})),
              HasSubstr("2/lr = 2. At the start it is 4, above, so that steps grow along the "
                        "sharpest direction: the loss rose in 2 of 2 steps, at first in step 1 "
                        "(from 3 to 12), to 4 times the start's at most. The sharpness rose to 5 "
                        "by step 2.\n"));
  lab::SharpnessPath ended = path(1, {3, 6}, {{0, 4}});
  ended.diverged = true;
  EXPECT_THAT(findings_with(ended), HasSubstr("the run was no longer finite after 2 steps."));
}

TEST(SpectrumWords, CountTheStepsUphill) {
  EXPECT_THAT(steps_uphill(path(1, {3, 4, 4, 2, 5}, {})), ElementsAre(1, 4));
  EXPECT_THAT(steps_uphill(path(1, {3}, {})), IsEmpty());
}

TEST(SpectrumWords, TellOfColumnsThatDependOnEachOther) {
  SpectrumStudy study = network();
  lab::Spectrum& result = study.result;
  result.architecture = {.kind = train::ModelKind::linear, .layers = {3, 1}};
  result.lanczos.reset();
  result.smallest = 1;
  result.condition_number = 4;
  result.descent.rate = 0.6;
  result.momentum.rate = 1.0 / 3;
  result.descent.predicted_steps = 1234;
  result.gram = lab::GramSpectrum{.eigenvalues = {0, 1, 2, 4},
                                  .rank = 3,
                                  .from_zero = {.curvatures = {1, 2, 4}, .start = {1, 1, 1}},
                                  .least_loss = 0.125};
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("1 curvature is 0 but for rounding"),
                    HasSubstr("above its minimum 0.125: gradient descent 1,234 steps predicted; "
                              "momentum more steps than are looked at predicted."),
                    HasSubstr("a step with it is worth 2.15 without, about the root of the "
                              "condition number, 2.")));
  result.descent.measured = lab::MeasuredDescent{.gaps = {1, 0.5, 0.25}, .steps = {}};
  EXPECT_THAT(spectrum_findings(study),
              HasSubstr("1,234 steps predicted, not there after 2 measured"));
}

}  // namespace
}  // namespace ravine::report
