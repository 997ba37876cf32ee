#include "ravine/data/datasets.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <numeric>
#include <optional>

#include "data/files.hpp"
#include "ravine/data/catalog.hpp"
#include "ravine/tensor/text.hpp"
#include "support/datasets.hpp"
#include "support/with_threads.hpp"

namespace ravine::data {
namespace {

using test::dataset_is_there;
using ::testing::Each;
using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using testing::message;
using namespace std::string_literals;

std::vector<std::size_t> class_sizes(const Dataset& dataset) {
  std::vector<std::size_t> sizes(dataset.class_count());
  for (const float target : dataset.targets.values()) ++sizes[static_cast<std::size_t>(target)];
  return sizes;
}

/// The value of an environment variable is put back when the test ends.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

TEST(Load, DigitsAreBytesInUnitRange) {
  const auto [train, test] = load("digits");
  EXPECT_EQ(train.name, "digits");
  EXPECT_EQ(train.task, Task::classification);
  EXPECT_TRUE(train.features.held_as_bytes());
  EXPECT_EQ(train.feature_count(), 64U);
  EXPECT_EQ(train.size() + test.size(), 1797U);
  EXPECT_NEAR(static_cast<double>(test.size()), 0.2 * 1797, 5);
  EXPECT_THAT(train.class_names, ElementsAre("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  // The counts that the UCI repository gives for its test part.
  std::vector<std::size_t> sizes = class_sizes(train);
  const std::vector<std::size_t> others = class_sizes(test);
  std::ranges::transform(sizes, others, sizes.begin(), std::plus<>());
  EXPECT_THAT(sizes, ElementsAre(178, 182, 177, 183, 181, 182, 181, 179, 174, 180));
  const Tensor<float> pixels = train.features.floats();
  EXPECT_EQ(std::ranges::max(pixels.values()), 1.0F);
  EXPECT_EQ(std::ranges::min(pixels.values()), 0.0F);
}

TEST(Load, RefusesDigitsOfAnotherKind) {
  const Folder folder;
  folder.write("digits/digits.csv", "p,digit\n1,0\n1e9,1\n2,1\n");
  EXPECT_EQ(message([&] { load("digits", {.data_dir = folder.path()}); }),
            "digits: a pixel is 1e+09 (0 to 16 is expected)");
}

TEST(Load, IrisIsFishers) {
  const auto [train, test] = load("iris");
  EXPECT_THAT(train.class_names, ElementsAre("setosa", "versicolor", "virginica"));
  EXPECT_THAT(class_sizes(train), ElementsAre(40, 40, 40));
  EXPECT_THAT(class_sizes(test), ElementsAre(10, 10, 10));
  // Means over all 150 in Fisher (1936): 5.8433, 3.0573, 3.758, 1.1993.
  std::vector<double> sums(4);
  for (const Dataset* part : {&train, &test}) {
    const Tensor<float> values = part->features.floats();
    for (std::size_t i = 0; i < values.size(); ++i) sums[i % 4] += values[i] / 150.0;
  }
  EXPECT_NEAR(sums[0], 5.8433, 1e-4);
  EXPECT_NEAR(sums[1], 3.0573, 1e-4);
  EXPECT_NEAR(sums[2], 3.7580, 1e-4);
  EXPECT_NEAR(sums[3], 1.1993, 1e-4);
}

TEST(Load, DiabetesIsRaw) {
  const auto [train, test] = load("diabetes");
  EXPECT_EQ(train.task, Task::regression);
  EXPECT_EQ(train.size() + test.size(), 442U);
  EXPECT_THAT(train.feature_names,
              ElementsAre("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"));
  // Mean and range of the response over all 442: 152.13, 25 to 346.
  const double sum =
      std::accumulate(train.targets.values().begin(), train.targets.values().end(), 0.0) +
      std::accumulate(test.targets.values().begin(), test.targets.values().end(), 0.0);
  EXPECT_NEAR(sum / 442, 152.1335, 1e-3);
}

TEST(Load, MnistComesInTwoParts) {
  if (!dataset_is_there("mnist")) GTEST_SKIP() << "datasets/fetch mnist";
  const auto [train, test] = load("mnist");
  EXPECT_EQ(train.size(), 60'000U);
  EXPECT_EQ(test.size(), 10'000U);
  EXPECT_EQ(train.feature_count(), 784U);
  EXPECT_EQ(train.class_count(), 10U);
  EXPECT_TRUE(train.features.held_as_bytes());
  EXPECT_EQ(train.targets[0], 5);
  EXPECT_EQ(test.targets[0], 7);
  // The known mean and deviation of the training pixels.
  double sum = 0;
  double squares = 0;
  const Tensor<float> pixels = train.features.floats();
  for (const float pixel : pixels.values()) {
    sum += pixel;
    squares += double{pixel} * pixel;
  }
  const double mean = sum / static_cast<double>(pixels.size());
  EXPECT_NEAR(mean, 0.1307, 1e-4);
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(pixels.size()) - mean * mean), 0.3081, 1e-4);
}

TEST(Load, AirfoilHasNamesForItsColumns) {
  if (!dataset_is_there("airfoil")) GTEST_SKIP() << "datasets/fetch airfoil";
  const auto [train, test] = load("airfoil");
  EXPECT_EQ(train.task, Task::regression);
  EXPECT_EQ(train.size() + test.size(), 1503U);
  EXPECT_EQ(train.feature_count(), 5U);
  EXPECT_EQ(train.feature_names.front(), "frequency");
  EXPECT_EQ(train.target_name, "sound_pressure_level");
}

TEST(Load, SplitsBySeed) {
  const auto ids = [](std::uint64_t seed) {
    return load("iris", {.seed = seed}).test.features.floats().to_vector();
  };
  EXPECT_EQ(ids(1), ids(1));
  EXPECT_NE(ids(1), ids(2));
  EXPECT_EQ(load("iris", {.test_fraction = 0.5}).test.size(), 75U);
  EXPECT_EQ(message([] { load("iris", {.test_fraction = 0}); }),
            "the test fraction must be in (0, 1), 0 was given (--test-fraction)");
  EXPECT_EQ(load_train("iris", {.test_fraction = 0.5}).size(), 75U);
  EXPECT_EQ(load_train("iris", {.test_fraction = 0}).size(), 150U);
  EXPECT_EQ(message([] { load_train("iris", {.test_fraction = 1}); }),
            "the test fraction must be in [0, 1), 1 was given (--test-fraction)");
}

TEST(Load, TakesFilesByPath) {
  const Folder folder;
  std::string table = "a,kind,b\n";
  for (int i = 0; i < 20; ++i) table += text(i, i % 2 == 0 ? ",x," : ",y,", i, ".5\n");
  const auto path = folder.write("t.csv", table);
  const auto [train, test] = load(path.string(), {.target = "kind"});
  EXPECT_THAT(class_sizes(train), ElementsAre(8, 8));
  EXPECT_THAT(class_sizes(test), ElementsAre(2, 2));
}

TEST(Load, FillsGapsWithTheMeansOfTheTrainingPart) {
  const Folder folder;
  std::string table = "a,b\n";
  for (int i = 0; i < 40; ++i) table += text(i % 2 == 0 ? "?" : "3", ",0.", i, "\n");
  const auto path = folder.write("t.csv", table).string();
  const TrainTest parts = load(path, {.missing = Missing::mean});
  EXPECT_THAT(parts.train.feature_means, ElementsAre(3));
  EXPECT_THAT(parts.train.features.floats().to_vector(), Each(3));
  EXPECT_THAT(parts.test.features.floats().to_vector(), Each(3));
  EXPECT_THAT(message([&] { load(path); }), HasSubstr("t.csv:2: column 'a'"));
}

std::string idx_images(char count, const std::string& pixels) {
  return "\0\0\x08\3\0\0\0"s + count + "\0\0\0\1\0\0\0\1"s + pixels;
}
std::string idx_labels(char count, const std::string& labels) {
  return "\0\0\x08\1\0\0\0"s + count + labels;
}

TEST(Load, TakesAFolderWithTwoParts) {
  const Folder folder;
  folder.write("train-images-idx3-ubyte", idx_images('\3', "\1\2\3"));
  folder.write("train-labels-idx1-ubyte", idx_labels('\3', "\2\7\2"));
  folder.write("t10k-images-idx3-ubyte", idx_images('\2', "\4\5"));
  folder.write("t10k-labels-idx1-ubyte", idx_labels('\2', "\5\7"));
  const auto [train, test] = load(folder.path().string());
  EXPECT_EQ(train.task, Task::classification) << "IDX labels are classes, however few of each";
  EXPECT_THAT(train.class_names, ElementsAre("2", "5", "7"));
  EXPECT_EQ(test.class_names, train.class_names);
  EXPECT_THAT(train.targets.to_vector(), ElementsAre(0, 2, 0));
  EXPECT_THAT(test.targets.to_vector(), ElementsAre(1, 2));

  folder.write("t10k-labels-idx1-ubyte", idx_labels('\1', "\5"));
  EXPECT_THAT(message([&] { load(folder.path().string()); }),
              AllOf(HasSubstr("holds 2 examples"), HasSubstr("1 labels")));
  folder.write("t10k-images-idx3-ubyte",
               "\0\0\x08\3\0\0\0\1\0\0\0\1\0\0\0\2"
               "ab"s);
  EXPECT_THAT(message([&] { load(folder.path().string()); }),
              AllOf(HasSubstr("has 1 features"), HasSubstr("2 (the same")));
}

TEST(Load, NamesTheTrainingPartWhenBothAreDamagedHoweverTheyAreRead) {
  const Folder folder;
  folder.write("train-images-idx3-ubyte", "no idx file");
  folder.write("t10k-images-idx3-ubyte", "nor this");
  for (const std::size_t count : {1, 2}) {
    const test::WithThreads with_threads(count);
    EXPECT_THAT(message([&] { load(folder.path().string()); }),
                HasSubstr("train-images-idx3-ubyte: is not an IDX file"));
  }
}

TEST(Load, SaysWhatAFolderLacks) {
  const Folder folder;
  EXPECT_THAT(message([&] { load(folder.path().string()); }),
              HasSubstr("holds 0 files of training and 0 of test features"));
  const auto path = folder.write("images", idx_images('\2', "\1\2"));
  EXPECT_THAT(message([&] { load(path.string()); }), HasSubstr("no file of labels is beside it"));
  folder.write("labels", idx_labels('\2', "\3\3"));
  EXPECT_THAT(message([&] { load(path.string()); }), HasSubstr("holds one class only ('3')"));
}

TEST(Load, CallsDamagedArraysByTheirFormat) {
  const Folder folder;
  const auto idx = folder.write("train-images-idx3-ubyte", "not an idx file");
  EXPECT_THAT(message([&] { load(idx.string()); }), HasSubstr("is not an IDX file"));
  const auto npy = folder.write("x.npy", "not an npy file");
  EXPECT_THAT(message([&] { load(npy.string()); }), HasSubstr("is not an NPY file"));
}

TEST(Load, OffersTheNearestName) {
  EXPECT_EQ(message<UnknownName>([] { load("digit"); }),
            "there is neither a dataset nor a file 'digit' (did you mean 'digits'?)");
  EXPECT_THAT(message<UnknownName>([] { load("cifar"); }),
              HasSubstr("(known: digits, iris, diabetes, mnist, airfoil)"));
  EXPECT_EQ(message([] { load("nowhere/house.csv"); }), "nowhere/house.csv: there is no such file");
  EXPECT_THAT(message([] { load(std::string(100'000, 'a')); }), HasSubstr("neither a dataset"));
}

TEST(Load, SaysWhereItLookedAndHowToGetTheData) {
  const Folder folder;
  const Variable data("RAVINE_DATA_DIR", folder.path() / "data");
  const Variable cache("XDG_CACHE_HOME", folder.path() / "cache");
  EXPECT_THAT(
      message([] { load("mnist"); }),
      AllOf(HasSubstr("the dataset 'mnist' is not in " + (folder.path() / "data or ").string() +
                      (folder.path() / "cache/ravine or ").string()),
            HasSubstr("(get it: " RAVINE_SOURCE_DIR "/datasets/fetch mnist)")));
  EXPECT_THAT(message([&] { load("iris", {.data_dir = folder.path() / "none"}); }),
              HasSubstr("none: there is no such folder"));
}

TEST(Load, LooksInTheFolderGivenThenTheVariableThenTheCacheThenWhatIsShipped) {
  const Folder folder;
  // Each place has an iris of its own, told apart by the number of its rows.
  const auto put = [&](const std::string& place, int rows) {
    std::string table;
    for (int i = 0; i < rows; ++i) table += i % 2 == 0 ? "1,a\n" : "2,b\n";
    folder.write(place + "/iris/iris.csv", table);
  };
  const auto rows = [](const LoadOptions& options = {}) {
    const auto [train, test] = load("iris", options);
    return train.size() + test.size();
  };
  const Variable data("RAVINE_DATA_DIR", folder.path() / "data");
  const Variable cache("XDG_CACHE_HOME", folder.path() / "cache");
  EXPECT_EQ(rows(), 150U);
  put("cache/ravine", 30);
  EXPECT_EQ(rows(), 30U);
  put("data", 20);
  EXPECT_EQ(rows(), 20U);
  put("given", 10);
  EXPECT_EQ(rows({.data_dir = folder.path() / "given"}), 10U);
}

TEST(LoadLike, TakesTheTestPartOfANamedDataset) {
  const auto [train, test] = load("iris", {.seed = 3});
  const Dataset again = load_like("iris", train, TargetUse::required, {.seed = 3});
  EXPECT_EQ(again.features.floats().to_vector(), test.features.floats().to_vector());
  EXPECT_EQ(again.targets.to_vector(), test.targets.to_vector());
  EXPECT_THAT(message([&] { load_like("digits", train, TargetUse::required); }),
              HasSubstr("has 64 features where the model needs 4"));

  Schema reversed = train;
  std::ranges::reverse(reversed.class_names);
  const Dataset renumbered = load_like("iris", reversed, TargetUse::required, {.seed = 3});
  for (std::size_t i = 0; i < test.size(); ++i)
    EXPECT_EQ(renumbered.targets[i], 2 - test.targets[i]);
  reversed.class_names = {"setosa", "virginica"};
  EXPECT_THAT(message([&] { load_like("iris", reversed, TargetUse::required); }),
              HasSubstr("the class 'versicolor' is not one the model was trained with"));
  reversed.task = Task::regression;
  EXPECT_THAT(message([&] { load_like("iris", reversed, TargetUse::required); }),
              HasSubstr("is for classification, the model for regression"));
}

TEST(LoadLike, TakesTheColumnThatTheModelPredicts) {
  const Dataset test = load("diabetes", {.target = "bmi", .seed = 3}).test;
  const Dataset again = load_like("diabetes", test, TargetUse::required, {.seed = 3});
  EXPECT_EQ(again.target_name, "bmi");
  EXPECT_EQ(again.features.floats().to_vector(), test.features.floats().to_vector());
  EXPECT_EQ(again.targets.to_vector(), test.targets.to_vector());
}

TEST(LoadLike, LeavesOutWhatTheModelLeavesOut) {
  const Dataset test = load("diabetes", {.drop = {"bmi", "0"}, .seed = 3}).test;
  EXPECT_EQ(test.feature_count(), 8U);
  const Dataset again = load_like("diabetes", test, TargetUse::required, {.seed = 3});
  EXPECT_EQ(again.features.floats().to_vector(), test.features.floats().to_vector());
}

TEST(Load, LeavesOutColumnsOfTablesAlone) {
  const Folder folder;
  const auto path = folder.write("images", idx_images('\2', "\1\2")).string();
  EXPECT_THAT(message([&] { load(path, {.drop = {"0"}}); }),
              HasSubstr("images: only columns of a table can be left out"));
}

TEST(LoadLike, ReadsArraysWithTheClassesOfTheModel) {
  const Folder folder;
  const auto path = folder.write("images", idx_images('\2', "\1\2")).string();
  Schema schema{.task = Task::classification};
  schema.feature_names = {"0"};
  schema.class_names = {"3", "5"};
  EXPECT_FALSE(load_like(path, schema, TargetUse::ignored).has_targets());
  EXPECT_THAT(message([&] { load_like(path, schema, TargetUse::required); }),
              HasSubstr("no file of labels is beside it"));
  folder.write("labels", idx_labels('\2', "\5\5"));
  EXPECT_THAT(load_like(path, schema, TargetUse::required).targets.to_vector(), ElementsAre(1, 1));
  folder.write("labels", idx_labels('\2', "\5\4"));
  EXPECT_THAT(message([&] { load_like(path, schema, TargetUse::required); }),
              HasSubstr("images: example 1: the class '4' is not one"));
}

TEST(List, SaysWhatIsThereAndHowToGetTheRest) {
  const Folder folder;
  const Variable data("RAVINE_DATA_DIR", folder.path());
  const Variable cache("XDG_CACHE_HOME", folder.path());
  const std::vector<Listing> listings = list();
  ASSERT_EQ(listings.size(), 5U);
  EXPECT_EQ(listings[0].name, "digits");
  EXPECT_EQ(listings[0].found, std::filesystem::path(RAVINE_SOURCE_DIR) / "datasets/digits");
  EXPECT_EQ(listings[0].how_to_get, "");
  EXPECT_EQ(listings[3].name, "mnist");
  EXPECT_EQ(listings[3].test_examples, 10'000U);
  EXPECT_EQ(listings[3].found, "");
  EXPECT_EQ(listings[3].how_to_get, RAVINE_SOURCE_DIR "/datasets/fetch mnist");
  // Data given by the user's own folder count as well.
  folder.write("own/airfoil/airfoil_self_noise.dat.gz", "1");
  EXPECT_EQ(list(folder.path() / "own")[4].found, folder.path() / "own/airfoil");
}

}  // namespace
}  // namespace ravine::data
