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
            HasSubstr("2/L = 0.5, momentum 0.9 up to (2 + 2β)/L = 0.95. The table takes half of "
                      "these.\n")));
}

TEST(SpectrumWords, TellAnEndThatIsNotYetExact) {
  SpectrumStudy study = network();
  lab::Spectrum& result = study.result;
  result.lanczos->smallest_error = 0.01;
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("go from -0.5 or less to L = 4, by"), HasSubstr("not above 0, so"),
                    HasSubstr("along which it curves down."), Not(HasSubstr("not yet exact"))));
  EXPECT_THAT(spectrum_exhibit(study).json,
              AllOf(HasSubstr("\"largest_exact\":true"), HasSubstr("\"smallest_exact\":false")));
  result.lanczos->largest_error = 0.02;
  EXPECT_THAT(spectrum_findings(study),
              HasSubstr("L is not yet exact: an eigenvalue is within 0.02 of it, and a larger one "
                        "would make the learning rates smaller."));
  result.smallest = 1e-9;
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("go from 0 or less to L"), HasSubstr("has flat directions.")));
  result.smallest = 0.5;
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("from 0.5 or less to L"),
                    HasSubstr("Whether the smallest is above 0 these products leave open")));
}

TEST(SpectrumWords, HaveTheZeroOfConvexCrossEntropy) {
  SpectrumStudy study = network();
  study.result.architecture = {.kind = train::ModelKind::logistic, .layers = {3, 2}};
  study.result.smallest = 0;
  study.result.lanczos->smallest_error = 0;
  EXPECT_THAT(
      spectrum_findings(study),
      AllOf(HasSubstr("go from 0 to L = 4"),
            HasSubstr("The smallest is 0 on any data, so that there is no condition number"),
            HasSubstr("and nowhere curves down.\n")));
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
              HasSubstr("Gradient descent at a learning rate of 0.25 is stable up to a sharpness "
                        "of 2/α = 8. At the start it is 4, below the limit, and so it stayed. The "
                        "loss fell in all of 2 steps (from 3 to 1). The sharpness was highest at "
                        "the start.\n"));
  EXPECT_THAT(findings_with(path(0.25, {3, 2, 2.5, 1}, {{0, 4}, {1, 9}, {3, 10}})),
              HasSubstr("At the start it is 4, below the limit; as of step 1 it was above it. The "
                        "loss rose in 1 of 3 steps, at first in step 2 (from 3 to 1). The "
                        "sharpness rose to 10 by step 3.\n"));
  EXPECT_THAT(findings_with(path(0.25, {3, 2, 2.5, 1}, {{0, 4}, {1, 9}, {3, 7}})),
              HasSubstr("as of step 1 it was above it at times."));
  EXPECT_THAT(findings_with(path(1, {3, 6, 12}, {{0, 4}, {2, 5}})),
              HasSubstr("2/α = 2. At the start it is 4, above the limit. The loss rose in 2 of 2 "
                        "steps, at first in step 1 (from 3 to 12), to 4 times the start's at most. "
                        "The sharpness rose to 5 by step 2.\n"));
  lab::SharpnessPath ended = path(1, {3, 6}, {{0, 4}});
  ended.diverged = true;
  EXPECT_THAT(findings_with(ended), HasSubstr("The run was no longer finite after 2 steps."));
}

TEST(SpectrumWords, OfAGivenLearningRateTakeNoHalf) {
  SpectrumStudy study = network();
  study.options.lr = 0.1;
  EXPECT_THAT(spectrum_findings(study), Not(HasSubstr("The table takes half")));
}

/// What has not converged is a lower bound, in words, table, JSON and caption.
TEST(SpectrumWords, TellWhereTheSharpnessIsALowerBound) {
  SpectrumStudy study = network();
  study.result.descent.path = path(0.25, {3, 2, 1}, {{0, 4}, {2, 6, /*converged=*/false}});
  const Exhibit exhibit = spectrum_exhibit(study);
  EXPECT_THAT(exhibit.findings,
              HasSubstr("Not converged were 1 of 2 looks at it: there it may be higher."));
  EXPECT_THAT(exhibit.json, HasSubstr("\"converged\":false"));
  EXPECT_THAT(exhibit.tables.front().table.rows.front(), testing::Contains("at least 6"));
  EXPECT_THAT(std::get<Curves>(exhibit.figures[1]).caption, HasSubstr("is a lower bound."));
  study.result.descent.path->sharpness.back().converged = true;
  EXPECT_THAT(spectrum_findings(study), Not(HasSubstr("Not converged")));
}

/// 1 - 1e-7 is not 1, and what is counted is counted in groups.
TEST(SpectrumWords, HaveARateCloseToOne) {
  SpectrumStudy study = network();
  lab::Spectrum& result = study.result;
  result.lanczos.reset();
  result.condition_number = 2e7;
  result.descent.rate = 1 - 1e-7;
  result.momentum.rate = 1 - 4.472e-4;
  result.gram = lab::GramSpectrum{.eigenvalues = {4},
                                  .rank = 1,
                                  .from_zero = {.curvatures = {4}, .start = {1}},
                                  .least_loss = 0};
  EXPECT_EQ(below_one(*result.descent.rate), "1 - 1e-07");
  // ln 10 / 1e-7 = 23,025,851, less a half of ln 10
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("a tenth in 23,025,8"), HasSubstr("and in 5,148 steps"),
                    HasSubstr("as much as 4,473 without"), HasSubstr("condition number, 4,472.")));
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
                    HasSubstr("above its minimum 0.125, with the target standardised as the "
                              "features are: gradient descent 1,234 steps predicted; "
                              "momentum no number of steps predicted."),
                    // ln 0.1 / ln 0.6 and ln 0.1 / ln(1/3), and their quotient.
                    HasSubstr("falls to a tenth in 4.51 steps with gradient descent and in 2.1 "
                              "steps with momentum: one step with momentum does as much as 2.15 "
                              "without, about the root of the condition number, 2.")));
  result.descent.measured = lab::MeasuredDescent{.gaps = {1, 0.5, 0.25}, .steps = {}};
  EXPECT_THAT(spectrum_findings(study),
              HasSubstr("1,234 steps predicted, not reached in 2 steps;"));
}

}  // namespace
}  // namespace ravine::report
