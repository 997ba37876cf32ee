#include "ravine/report/lab/amplification.hpp"

#include <gmock/gmock.h>

#include "support/browser.hpp"

namespace ravine::report {
namespace {

using test::labels_of;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(AmplificationExhibit, SaysWhatEachRuleMakes) {
  const std::string findings = amplification_exhibit(lab::amplification({.at = {3, -2}})).findings;
  EXPECT_THAT(findings, AllOf(HasSubstr("After a gradient of 3, a gradient of -2 is made -0.35 "
                                        "times itself by momentum"),
                              HasSubstr("√(1 − β₂²) / (1 − β₁²) = 0.2353, but for ε.")));
}

/// The hues of three cells of each map: top right, top left, and below the first.
constexpr const char* tell_cells = R"js(
    for (const figure of document.querySelectorAll("figure")) {
      const image = figure.querySelector("g.cells image");
      if (!image) continue;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 4;
      const context = canvas.getContext("2d", { willReadFrequently: true });
      context.imageSmoothingEnabled = false;
      context.drawImage(image, 0, 0, 4, 4);
      const told = document.createElement("p");
      told.className = "told";
      told.textContent = [[3, 0], [0, 0], [3, 1]].map(([x, y]) => {
        const [red, , blue] = context.getImageData(x, y, 1, 1).data;
        return red > blue ? "orange" : "blue";
      }).join(" ");
      figure.append(told);
    })js";

TEST(AmplificationPage, DrawsAMapOfEachRule) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  // Cells of 4x4 at -3, -1, 1 and 3. After g1 = 3 and with g2 = 3, top right, the factors are 1.9,
  // 2.36, 1/3 and 1.4; with g2 = 1 below it 3.7, 3.2, 0.87 and 3.7. After g1 = -3, top left, they
  // are 0.1, 2.36, 0.02 and 0.07.
  const test::Visit visited = test::quiet_visit(
      exhibit_page(
          amplification_exhibit(lab::amplification({.columns = 4, .rows = 4, .range = 4}))),
      {.reader = tell_cells});
  EXPECT_THAT(visited.dom, HasSubstr("<h1>What a rule makes of the second of two gradients</h1>"));
  const auto map = [&](const std::string& rule) {
    return std::string(test::figure_of(visited.dom, "Factor of the second gradient, " + rule));
  };
  EXPECT_THAT(map("momentum"), HasSubstr(">orange blue orange<"));
  EXPECT_THAT(map("adaptive"), HasSubstr(">orange orange orange<"));
  EXPECT_THAT(map("adam"), HasSubstr(">blue blue blue<"));
  EXPECT_THAT(map("adam-uncorrected"), HasSubstr(">orange blue orange<"));
  // Where the step turns round: beta g1 + g2 = 0.
  EXPECT_THAT(labels_of(map("momentum"), "line"),
              testing::ElementsAre("the factor is 0, line",
                                   "the factor is 0, first gradient -4, second gradient 3.6",
                                   "the factor is 0, first gradient 4, second gradient -3.6"));
  EXPECT_THAT(labels_of(map("adaptive"), "line"), IsEmpty());

  const std::string_view slice = test::figure_of(visited.dom, "Factors of a second gradient of 1");
  EXPECT_THAT(labels_of(slice, "line"),
              Contains("momentum, first gradient 3, factor of the second 3.7"));
  EXPECT_THAT(labels_of(slice, "dashed"),
              Contains("momentum, first gradient -1, factor of the second 0.1"));
}

}  // namespace
}  // namespace ravine::report
