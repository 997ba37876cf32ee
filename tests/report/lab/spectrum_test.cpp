#include "ravine/report/lab/spectrum.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ravine/lab/best_settings.hpp"
#include "ravine/lab/steps_to_tolerance.hpp"
#include "ravine/report/lab/spectrum_advice.hpp"
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
                      "these: at 1/L no step of gradient descent overshoots.\n")));
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
                        "The sharpness rose to 5 by step 2. That is too high a learning rate: try "
                        "2/5 = 0.4.\n"));
  lab::SharpnessPath ended = path(1, {3, 6}, {{0, 4}});
  ended.diverged = true;
  EXPECT_THAT(findings_with(ended),
              HasSubstr("The run was no longer finite after 2 steps (try a smaller --lr)."));
}

TEST(SpectrumWords, NameTheSharpness) {
  const std::string named = "The largest curvature along a run is its sharpness.";
  EXPECT_THAT(findings_with(path(0.25, {3, 2}, {{0, 4}})), HasSubstr(named));
  EXPECT_THAT(spectrum_findings(network()), Not(HasSubstr(named)));
  SpectrumStudy study = network();
  study.result.descent.path = path(0.25, {3, 2}, {{0, 4}});
  std::vector<std::string> titles;
  const Exhibit exhibit = spectrum_exhibit(study);
  for (const Column& column : exhibit.tables.front().table.columns) titles.push_back(column.title);
  EXPECT_THAT(titles,
              ElementsAre("", "learning rate", "momentum", "learning rate limit", "sharpness limit",
                          "highest sharpness", "loss rose in", "final loss"));
}

/// What is calm has no other, and what left for infinity none that could be told.
TEST(SpectrumWords, ACalmerRateIsOfTheHighestSharpness) {
  EXPECT_EQ(calmer_lr(path(0.25, {3, 2, 1}, {{0, 4}, {2, 10}})), std::nullopt);
  EXPECT_EQ(calmer_lr(path(0.25, {3, 4, 1}, {{0, 4}, {2, 7}})), std::nullopt);
  lab::SharpnessPath high = path(0.25, {3, 4, 1}, {{0, 4}, {1, 10}, {2, 9}});
  EXPECT_DOUBLE_EQ(calmer_lr(high).value(), 0.2);
  high.settings.momentum = 0.5;
  EXPECT_DOUBLE_EQ(calmer_lr(high).value(), 0.3);
  high.diverged = true;
  EXPECT_EQ(calmer_lr(high), std::nullopt);
}

TEST(SpectrumWords, EndWithTheCommandThatTrainsANetwork) {
  SpectrumStudy study = network();
  const std::string command =
      "`ravine train --data made --model mlp --hidden 5 --activation tanh --optimizer sgd:";
  const auto ends_with = [&](const std::string& rest) {
    return testing::EndsWith(command + rest + " --batch-size 1234 --epochs 200`.\n");
  };
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("These settings are for all examples in each step; smaller batches "
                              "need a smaller learning rate (`ravine lr-find`). They are of 1,000 "
                              "examples, and all 1,234 may curve otherwise. They are read at the "
                              "start alone; whether they hold, --verify tells: "),
                    ends_with("lr=0.25")));
  study.result.descent.path = path(0.25, {3, 2, 1}, {{0, 4}});
  study.result.momentum.path = path(0.475, {3, 2, 0.5}, {{0, 4}});
  EXPECT_THAT(spectrum_findings(study),
              AllOf(Not(HasSubstr("--verify")), ends_with("lr=0.475,momentum=0.9")));
  // Lower in the end, after it had been above its start.
  study.result.momentum.path = path(0.475, {3, 4, 0.5}, {{0, 4}, {1, 8}});
  EXPECT_THAT(spectrum_findings(study), ends_with("lr=0.25"));
  study.result.descent.path = path(0.25, {3, 4, 1}, {{0, 4}, {1, 30}});
  study.result.momentum.path->diverged = true;
  EXPECT_THAT(spectrum_findings(study), ends_with("lr=0.0667"));
  study.result.descent.path->diverged = true;
  EXPECT_THAT(spectrum_findings(study), Not(HasSubstr("These settings")));
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
  EXPECT_EQ(below_one(2.4e-9), "0");
  // ln 10 / 1e-7 = 23,025,851, less a half of ln 10
  EXPECT_THAT(spectrum_findings(study),
              AllOf(HasSubstr("a tenth in 23,025,8"), HasSubstr("and in 5,148 steps"),
                    HasSubstr("as much as 4,473 without"), HasSubstr("condition number, 4,472.")));
}

/// Three digits of the best settings for curvatures 1 and 7000, 0.000558 and 0.953, diverge along
/// the second: 0.000558 * 7000 > 2 + 2 * 0.953. More digits take as many steps as they say.
TEST(SpectrumWords, GiveTheSettingsOfALinearModelAsManyDigitsAsTheyNeed) {
  SpectrumStudy study = network();
  lab::Spectrum& result = study.result;
  const lab::BestSettings best = lab::best_momentum(1, 7000);
  result.architecture = {.kind = train::ModelKind::linear, .layers = {3, 1}};
  result.lanczos.reset();
  result.momentum = {.settings = best.settings, .largest_stable_lr = 0, .rate = best.rate};
  result.gram = lab::GramSpectrum{.eigenvalues = {1, 7000},
                                  .rank = 2,
                                  .from_zero = {.curvatures = {1, 7000}, .start = {1, 1}},
                                  .least_loss = 0};
  result.momentum.predicted_steps =
      lab::steps_to_tolerance(result.gram->from_zero, best.settings, result.tolerance);
  const std::string command = advice(study);
  const auto number_after = [&](const std::string& name) {
    return std::stod(command.substr(command.find(name) + name.size()));
  };
  const double alpha = number_after("lr=");
  const double beta = number_after(",momentum=");
  const auto epochs = static_cast<std::size_t>(number_after("--epochs "));
  EXPECT_THAT(command, HasSubstr("--batch-size 1000 "));
  const auto error_after = [&](std::size_t steps) {
    double error = 0;
    for (const double curvature : {1.0, 7000.0}) {
      double x = 1;
      double velocity = 0;
      for (std::size_t k = 0; k < steps; ++k) {
        velocity = beta * velocity + curvature * x;
        x -= alpha * velocity;
      }
      error += curvature * x * x / 2;
    }
    return error;
  };
  EXPECT_LE(error_after(epochs), result.tolerance);
  EXPECT_GT(error_after(epochs - 1), result.tolerance);
  EXPECT_LE(epochs, *result.momentum.predicted_steps * 102 / 100);
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
