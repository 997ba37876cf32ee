// Several optimizers on one function, functions by name, and the page; lab_test.cpp has the rest.
#include <cmath>

#include "apps/command.hpp"
#include "support/browser.hpp"

namespace ravine::apps {
namespace {

const std::string quadratic = "lab trajectory --surface quadratic ";
const std::string four =
    "--compare sgd:lr=0.4,sgd:lr=0.6,momentum:lr=0.6,momentum=0.5,momentum:lr=0.6,momentum=0.25 ";

TEST(LabTrajectory, ComparesAsJson) {
  const Json json = ravine_json(words(quadratic + four + "--steps 20"));
  EXPECT_EQ(json["command"], "lab trajectory");
  EXPECT_TRUE(json["version"].is_string());
  EXPECT_EQ(json["function"], "0.1*w1^2 + 2*w2^2");
  EXPECT_EQ(json["surface"], "quadratic");
  EXPECT_EQ(json["least"], 0);
  EXPECT_EQ(json["steps"], 20);
  EXPECT_EQ(json["arrived_share"], 0.01);
  ASSERT_EQ(json["runs"].size(), 4U);
  const Json& first = json["runs"][0];
  EXPECT_EQ(first["optimizer"]["name"], "sgd");
  EXPECT_EQ(first["optimizer"]["lr"], 0.4);
  EXPECT_EQ(first["optimizer"]["weight_decay"], 0);
  EXPECT_EQ(first["diverged"], false);
  ASSERT_EQ(first["points"].size(), 21U);
  ASSERT_EQ(first["values"].size(), 21U);
  EXPECT_EQ(first["values"][0], 10.5);
  // 1 - 0.4 * 0.2 and 1 - 0.4 * 4.
  EXPECT_NEAR(first["points"][20][0], -5 * std::pow(0.92, 20), 1e-12);
  EXPECT_NEAR(first["points"][20][1], -2 * std::pow(0.6, 20), 1e-12);
  // 2.5 * 0.92^38 = 0.1051 is above 1 % of 10.5, and 2.5 * 0.92^40 = 0.0890 below.
  EXPECT_EQ(first["arrived"], 20);
  EXPECT_TRUE(json["runs"][1]["arrived"].is_null());
  EXPECT_EQ(json["runs"][2]["optimizer"]["momentum"], 0.5);
  EXPECT_EQ(json["runs"][3]["optimizer"]["momentum"], 0.25);
}

TEST(LabTrajectory, ComparesOnAFunctionOfOnesOwn) {
  const Json json = ravine_json(
      words("lab trajectory --function w1^2 --start 2 --steps 1 --compare sgd:lr=0.25,sgd:lr=0.5"));
  EXPECT_FALSE(json.contains("surface"));
  EXPECT_FALSE(json["runs"][0].contains("arrived"));
  EXPECT_EQ(json["runs"][0]["values"], Json::parse("[4, 1]"));
  EXPECT_EQ(json["runs"][1]["values"], Json::parse("[4, 0]"));
}

TEST(LabTrajectory, ComparesAsCsv) {
  const Process process =
      ravine(words(quadratic + "--steps 2 --compare sgd:lr=0.5,momentum:lr=0.5,momentum=0 --csv"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("optimizer,step,w1,w2,f\n"
                                      "sgd:lr=0.5,0,-5,-2,10.5\n"
                                      "sgd:lr=0.5,1,-4.5,2,"));
  EXPECT_THAT(process.out, HasSubstr("\n\"momentum:lr=0.5,momentum=0\",0,-5,-2,10.5\n"));
  EXPECT_EQ(std::ranges::count(process.out, '\n'), 1 + 2 * 3);
}

TEST(LabTrajectory, ComparesInWords) {
  const Process process = ravine(words(quadratic + four + "--steps 20"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("4 optimizers on 0.1*w1^2 + 2*w2^2, 20 steps\n\n"
                                      "optimizer                              w1            w2  "
                                      "         f  within 1 %"));
  EXPECT_THAT(unbroken(process.out),
              AllOf(HasSubstr("Lowest after 20 steps of 4: momentum:lr=0.6,momentum=0.5,"),
                    HasSubstr("momentum:lr=0.6,momentum=0.5, from step 9 on."),
                    HasSubstr("Higher in the end than at the start: sgd:lr=0.6."),
                    HasSubstr("beyond 0.5 gradient descent diverges along w2")));
}

TEST(LabTrajectory, ADivergingRunIsAResultAmongOthersAndAnErrorAlone) {
  const std::string steep = "lab trajectory --function w1^2 --start 1 --steps 1000 ";
  const Process several = ravine(words(steep + "--compare sgd:lr=0.1,sgd:lr=2"));
  EXPECT_EQ(several.status, 0);
  EXPECT_EQ(several.err, "");
  EXPECT_THAT(several.out, AllOf(HasSubstr("diverged after step 323"),
                                 HasSubstr("No longer finite in the end: sgd:lr=2.")));
  const Json json = ravine_json(words(steep + "--compare sgd:lr=0.1,sgd:lr=2"));
  EXPECT_EQ(json["runs"][0]["diverged"], false);
  EXPECT_EQ(json["runs"][1]["diverged"], true);
  EXPECT_EQ(json["runs"][1]["values"].size(), 324U);
  EXPECT_EQ(json["steps"], 1000);

  const Process alone = ravine(words(steep + "--lr 2"));
  EXPECT_EQ(alone.status, 1);
  EXPECT_THAT(alone.err, StartsWith("ravine: error: diverged: after step 323 "));
  EXPECT_THAT(alone.out, HasSubstr("is no longer finite"));
}

TEST(LabTrajectory, ASurfaceHasAStartThatMayBeAnother) {
  const Json own = ravine_json(words("lab trajectory --surface rosenbrock --lr 0.001 --steps 1"));
  EXPECT_EQ(own["surface"], "rosenbrock");
  EXPECT_EQ(own["points"][0], Json::parse("[-1.2, 1]"));
  const Json other =
      ravine_json(words("lab trajectory --surface rosenbrock --start=0,0 --lr 0.001 --steps 1"));
  EXPECT_EQ(other["points"][0], Json::parse("[0, 0]"));
  // The slope at (0, 0) is (-2, 0).
  EXPECT_EQ(other["points"][1], Json::parse("[0.002, 0]"));
}

TEST(LabTrajectory, AdamsFirstMomentRollsOverTheDent) {
  const Json json =
      ravine_json(words("lab trajectory --surface dent --steps 500 --compare sgd:lr=0.1,"
                        "adam:lr=0.1,beta1=0,adam:lr=0.1,beta1=0.9,adam:lr=0.1,beta1=0.95"));
  std::vector<double> ends;
  for (const Json& run : json["runs"]) ends.push_back(run["points"].back()[0]);
  const auto in_the_dent = testing::DoubleNear(1.8139, 1e-4);
  const auto at_the_bottom = testing::DoubleNear(0, 1e-2);
  EXPECT_THAT(ends, ElementsAre(in_the_dent, in_the_dent, at_the_bottom, at_the_bottom));
  EXPECT_TRUE(json["runs"][0]["arrived"].is_null());
  EXPECT_TRUE(json["runs"][3]["arrived"].is_number());
}

TEST(LabTrajectory, ItsPageIsDrawn) {
  if (!test::browser_is_there()) GTEST_SKIP() << "apt-get install chromium";
  const test::Visit visit = test::quiet_visit(page_of(quadratic + four + "--steps 20"));
  const auto map = test::figure_of(visit.dom, "Paths on the function");
  EXPECT_THAT(test::labels_of(map, "path"),
              AllOf(SizeIs(4 * 21), Contains("sgd:lr=0.6, point 0, w1 -5, w2 -2")));
  EXPECT_THAT(std::string(map), HasSubstr("class=\"mark-group role-scope isolines\""));
  const auto course = test::figure_of(visit.dom, "f − f* over the steps");
  EXPECT_THAT(test::labels_of(course, "line"), Contains("sgd:lr=0.4, step 0, f − f* 10.5"));
}

TEST(LabTrajectory, RefusesWhatDoesNotGoTogether) {
  const auto with = [](const std::string& options) { return words("lab trajectory " + options); };
  EXPECT_TRUE(refused(with(""), {"--function or --surface is required", "`ravine lab surfaces`"}));
  EXPECT_TRUE(refused(with("--surface dent --function w1 --start 1"),
                      {"--function and --surface exclude each other", "give one"}));
  EXPECT_TRUE(refused(with("--surface rosenbrok"),
                      {"there is no surface 'rosenbrok'", "did you mean 'rosenbrock'?"}));
  EXPECT_TRUE(
      refused(with("--function w1^2"), {"--start is required with --function", "as --start="}));
  EXPECT_TRUE(refused(with("--surface dent --start=1,2"),
                      {"highest variable is w1", "has 2 numbers", "give 1"}));
  EXPECT_TRUE(refused(with("--surface dent --start=1,,2"), {"--start", "has an empty place"}));
  EXPECT_TRUE(refused(with("--surface dent --start=nan"), {"start: number 1 is nan"}));
  EXPECT_TRUE(refused(with("--function 1/w1 --start 0 --compare sgd,adam"),
                      {"the function's value there is inf", "start where it is finite"}));
  EXPECT_TRUE(
      refused(with("--surface dent --csv --json"), {"--csv and --json exclude each other"}));
  EXPECT_TRUE(refused(with("--surface dent --report /nowhere/page.html"),
                      {"/nowhere/page.html", "cannot be written"}));
}

TEST(LabTrajectory, RefusesOptimizersThatCannotBe) {
  const auto with = [](const std::string& options) {
    return words("lab trajectory --surface dent --compare " + options);
  };
  EXPECT_TRUE(refused(with("sgd,adm:lr=0.1"), {"unknown optimizer 'adm'", "did you mean 'adam'?"}));
  EXPECT_TRUE(refused(with("adam:beta3=0.9"),
                      {"adam: unknown hyper-parameter 'beta3'", "did you mean 'beta"}));
  EXPECT_TRUE(refused(with("adam:lr=fast"), {"--compare", "'lr=fast'", "must be a number"}));
  EXPECT_TRUE(refused(with("adam:lr=-1"), {"adam", "lr", "-1"}));
  EXPECT_TRUE(refused(with("sgd,adam,sgd"), {"--compare", "optimizer 'sgd' was named twice"}));
  for (const char* single : {"--lr 0.1", "--set lr=0.1", "--optimizer sgd"})
    EXPECT_TRUE(
        refused(with(std::string("sgd,adam ") + single),
                {"--compare excludes --optimizer, --lr and --set", "write --compare adam"}));
}

TEST(LabSurfaces, AreListed) {
  const Process process = ravine(words("lab surfaces"));
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_THAT(process.out, StartsWith("surface     f  "));
  for (const char* line : {"\nquadratic   0.1*w1^2 + 2*w2^2 ", "\nhimmelblau  ", "4 of them\n",
                           "\nrosenbrock  (1 - w1)^2 + 100*(w2 - w1^2)^2 ", "(-1.2, 1)  (1, 1)\n"})
    EXPECT_THAT(process.out, HasSubstr(line));
}

TEST(LabSurfaces, AreExplainedWithACommandThatWorks) {
  const Json list = ravine_json(words("lab surfaces"));
  for (const Json& surface : list["surfaces"]) {
    const std::string name = surface["name"];
    SCOPED_TRACE(name);
    const Process process = ravine(words("lab surfaces " + name));
    EXPECT_EQ(process.status, 0) << process.err;
    EXPECT_THAT(process.out, StartsWith(name + ": f = " + surface["function"].get<std::string>()));
    EXPECT_THAT(unbroken(process.out), HasSubstr(surface["teaches"]));
    const std::string begin = "compare  ravine ";
    const std::size_t at = process.out.find(begin) + begin.size();
    const std::string command = process.out.substr(at, process.out.find('\n', at) - at);
    EXPECT_THAT(command, HasSubstr("--surface " + name));
    const Json compared = ravine_json(words(command));
    EXPECT_EQ(compared["surface"], name);
    EXPECT_GE(compared["runs"].size(), 4U);
  }
}

TEST(LabSurfaces, AreJson) {
  const Json json = ravine_json(words("lab surfaces himmelblau"));
  EXPECT_EQ(json["command"], "lab surfaces");
  ASSERT_EQ(json["surfaces"].size(), 1U);
  const Json& himmelblau = json["surfaces"][0];
  EXPECT_EQ(himmelblau["minima"].size(), 4U);
  EXPECT_EQ(himmelblau["minima"][0], Json::parse("[3, 2]"));
  EXPECT_EQ(himmelblau["least"], 0);
  EXPECT_EQ(himmelblau["start"], Json::parse("[5, 0]"));
  EXPECT_EQ(himmelblau["view"], Json::parse("[[-6, 6], [-6, 6]]"));
}

TEST(LabSurfaces, OfferTheNearestName) {
  EXPECT_TRUE(refused(words("lab surfaces dents"),
                      {"there is no surface 'dents'", "did you mean 'dent'?"}));
  EXPECT_TRUE(refused(words("lab surfaces dent ravine"), {"ravine"}));
}

}  // namespace
}  // namespace ravine::apps
