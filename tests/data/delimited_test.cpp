#include "ravine/data/delimited.hpp"

#include <gmock/gmock.h>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using testing::Folder;
using testing::gzipped;
using ::testing::HasSubstr;
using testing::message;

const std::string iris =
    "5.1,3.5,1.4,0.2,Iris-setosa\n"
    "7.0,3.2,4.7,1.4,Iris-versicolor\n"
    "4.9,3.0,1.4,0.2,Iris-setosa\n\n";

class Delimited : public ::testing::Test {
 protected:
  Dataset read(std::string_view content, const DelimitedOptions& options = {}) const {
    return read_delimited(folder.write("a.csv", content), options);
  }
  Dataset read_like(const Schema& schema, std::string_view content, TargetUse use,
                    Missing missing = Missing::error) const {
    return read_delimited(folder.write("b.csv", content), schema, use, missing);
  }
  std::string error_of(std::string_view content, const DelimitedOptions& options = {}) const {
    return message([&] { read(content, options); }).substr(folder.path().string().size() + 1);
  }
  std::string error_like(const Schema& schema, std::string_view content, TargetUse use,
                         Missing missing = Missing::error) const {
    return message([&] { read_like(schema, content, use, missing); })
        .substr(folder.path().string().size() + 1);
  }

  Folder folder;
};

std::vector<float> features(const Dataset& dataset) {
  return dataset.features.floats().to_vector();
}

TEST_F(Delimited, ReadsTextLabelsWithoutHeader) {
  const Dataset dataset = read(iris);
  EXPECT_EQ(dataset.task, Task::classification);
  EXPECT_EQ(dataset.size(), 3U);
  EXPECT_EQ(dataset.feature_count(), 4U);
  EXPECT_THAT(dataset.class_names, ElementsAre("Iris-setosa", "Iris-versicolor"));
  EXPECT_THAT(dataset.targets.to_vector(), ElementsAre(0, 1, 0));
  EXPECT_THAT(features(dataset),
              ElementsAre(5.1F, 3.5F, 1.4F, 0.2F, 7.0F, 3.2F, 4.7F, 1.4F, 4.9F, 3.0F, 1.4F, 0.2F));
  EXPECT_THAT(dataset.feature_names, ElementsAre("0", "1", "2", "3"));
  EXPECT_EQ(dataset.target_name, "4");
}

TEST_F(Delimited, ReadsTheSameFromEveryDialect) {
  const std::vector<std::string> files{"x,y,price\n1,2,3.5\n4,5,6.5\n",
                                       "x;y;price\r\n1;2;3.5\r\n4;5;6.5\r\n\r\n",
                                       "\xEF\xBB\xBFx\ty\tprice\n1\t2\t3.5\n4\t5\t6.5",
                                       "x|y|price\n1|2|3.5\n\n4|5|6.5\n",
                                       "  x y   price\n  1 2   3.5\n 4   5 6.5 \n",
                                       "\"x\",\"y\",\"price\"\n\"1\",2,3.5\n4,5,6.5\n",
                                       gzipped("x,y,price\n1,2,3.5\n4,5,6.5\n")};
  for (const std::string& file : files) {
    const Dataset dataset = read(file);
    EXPECT_THAT(dataset.feature_names, ElementsAre("x", "y")) << file;
    EXPECT_EQ(dataset.target_name, "price") << file;
    EXPECT_EQ(dataset.task, Task::regression) << file;
    EXPECT_THAT(features(dataset), ElementsAre(1, 2, 4, 5)) << file;
    EXPECT_THAT(dataset.targets.to_vector(), ElementsAre(3.5F, 6.5F)) << file;
  }
}

TEST_F(Delimited, TakesTheTargetByNameOrPosition) {
  const std::string file = "id,kind,size\n1,b,2.5\n2,a,3.5\n";
  for (const char* target : {"kind", "1"}) {
    const Dataset dataset = read(file, {.target = target});
    EXPECT_EQ(dataset.target_name, "kind");
    EXPECT_EQ(dataset.target_position, 1U);
    EXPECT_THAT(dataset.feature_names, ElementsAre("id", "size"));
    EXPECT_THAT(features(dataset), ElementsAre(1, 2.5F, 2, 3.5F));
    EXPECT_THAT(dataset.targets.to_vector(), ElementsAre(1, 0));
  }
}

TEST_F(Delimited, KeepsLongColumnNamesWhole) {
  // Characters of two bytes, so that byte 40 is in the middle of one, and alike up to there.
  std::string long_name = "x";
  for (int i = 0; i < 25; ++i) long_name += "\u00E9";
  const std::string file = long_name + "1," + long_name + "2\n1,0.5\n2,1.5\n";
  const Dataset dataset = read(file, {.target = long_name + "1"});
  EXPECT_EQ(dataset.target_name, long_name + "1");
  EXPECT_THAT(dataset.feature_names, ElementsAre(long_name + "2"));
  EXPECT_EQ(error_of(long_name + ",y\n1,0.5\n" + long_name + ",1.5\n"),
            "a.csv:3: column '" + long_name.substr(0, 39) + "...': '" + long_name.substr(0, 39) +
                "...' is not a number (every column but the target holds numbers: leave it out by "
                "--drop " +
                long_name + ", or make 0/1 columns of it)");
}

TEST_F(Delimited, ReadsScikitLearnsOwnFiles) {
  const Dataset dataset = read("4,2,malignant,benign\n1,2,0\n3,4,1\n5,6,0\n7,8,1\n");
  EXPECT_EQ(dataset.size(), 4U);
  EXPECT_EQ(dataset.feature_count(), 2U);
  EXPECT_THAT(dataset.class_names, ElementsAre("0", "1"));
}

TEST_F(Delimited, OffersTheNearestColumn) {
  const std::string file = "size,price\n1,2\n3,4.5\n";
  EXPECT_EQ(error_of(file, {.target = "prise"}),
            "a.csv: there is no column 'prise' (did you mean 'price'?)");
  EXPECT_EQ(error_of(file, {.target = "2"}), "a.csv: there is no column 2 (they are 0 to 1)");
  EXPECT_EQ(error_of(file, {.target = "99999999999999999999999"}),
            "a.csv: there is no column 99999999999999999999999 (they are 0 to 1)");
  EXPECT_EQ(error_of("1,2\n3,4.5\n", {.target = "price"}),
            "a.csv: has no header to find the target 'price' in (give its position, 0 to 1)");
}

TEST_F(Delimited, SaysWhereACellIsNotANumber) {
  EXPECT_EQ(error_of("size,price\n1,2.5\n3,n/a\n5,6\n7,8\n"),
            "a.csv:3: column 'price': 'n/a' is not a number (use --missing drop or mean)");
  EXPECT_EQ(error_of("size,price\n1,2.5\n\nbig,5\n5,6\n"),
            "a.csv:4: column 'size': 'big' is not a number (every column but the target holds "
            "numbers: leave it out by --drop size, or make 0/1 columns of it)");
  EXPECT_THAT(error_of("the size,price\n1,2.5\n3,5\nbig,6\n"), HasSubstr("by --drop 0, or"));
  EXPECT_EQ(error_of("size,price\n1,2.5\n3,much\n5,6\n"),
            "a.csv:3: column 'price': 'much' is not a number");
  EXPECT_EQ(error_of("1,2.5\n,5\n5,6\n"),
            "a.csv:2: column '0': the cell is blank (use --missing drop or mean)");
  EXPECT_EQ(error_of("1,2.5\n1e39,5\n"),
            "a.csv:2: column '0': '1e39' is beyond the range of 32-bit floats");
  EXPECT_EQ(error_of("a,b\n1,2.5\n1,\n"),
            "a.csv:3: column 'b': the target is missing (use --missing drop)");
  EXPECT_EQ(error_of("a,b\n1,2\n\"two\nlines\",3\n"),
            "a.csv:3: column 'a': 'two lines' is not a number (every column but the target holds "
            "numbers: leave it out by --drop a, or make 0/1 columns of it)");
  EXPECT_EQ(error_of("1.5,x\n2,y\n", {.task = Task::regression}),
            "a.csv:1: column '1': 'x' is not a number");
}

TEST_F(Delimited, SaysWhichRowIsRagged) {
  EXPECT_EQ(error_of("a,b,c\n1,2,3\n4,5\n6,7,8\n"), "a.csv:3: 2 cells where 3 are expected");
  EXPECT_EQ(error_of("1,2,3\n4,5,6\n6,7,8,9\n"), "a.csv:3: 4 cells where 3 are expected");
}

TEST_F(Delimited, RefusesFilesThatAreNoTable) {
  EXPECT_EQ(error_of("a,b\n"), "a.csv: has no rows");
  EXPECT_EQ(error_of("\n \n"), "a.csv: has no rows");
  EXPECT_THAT(error_of("a\n1\n2\n"), HasSubstr("a.csv: has one column only"));
  EXPECT_EQ(error_of("a,b,a\n1,2,3\n"),
            "a.csv:1: two columns are named 'a' (each needs a name of its own)");
  EXPECT_THAT(error_of(std::string("a,b\n1,\0\n", 8)), HasSubstr("is not a text file"));
  EXPECT_EQ(error_of("a,b\n1,x\n2,x\n"),
            "a.csv: column 'b' holds one class only ('x'), classification needs at least two");
}

TEST_F(Delimited, DropsRowsWithMissingValues) {
  const Dataset dataset = read("a,b,c\n1,2,0.5\n?,3,1.5\n4,nan,2.5\n5,6,\n7,8,NA\n9,10,3.5\n",
                               {.missing = Missing::drop});
  EXPECT_THAT(features(dataset), ElementsAre(1, 2, 9, 10));
  EXPECT_THAT(dataset.targets.to_vector(), ElementsAre(0.5F, 3.5F));
  EXPECT_EQ(error_of("a,b\n,2\n,3.5\n", {.missing = Missing::drop}), "a.csv: has no rows");
}

TEST_F(Delimited, MeansComeFromTheTrainingPart) {
  const Dataset all = read("a,b\n1,0.5\n?,1.5\n3,2.5\n?,3.5\n", {.missing = Missing::mean});
  ASSERT_EQ(all.size(), 4U);
  const std::vector<std::size_t> first{0, 1, 2};
  const std::vector<std::size_t> last{3};
  TrainTest parts{.train = all.subset(first), .test = all.subset(last)};
  fill_missing(parts);
  EXPECT_THAT(features(parts.train), ElementsAre(1, 2, 3));
  EXPECT_THAT(features(parts.test), ElementsAre(2));
  // The mean travels with the schema.
  EXPECT_THAT(features(read_like(parts.train, "a\nNA\n5\n", TargetUse::ignored)),
              ElementsAre(2, 5));
}

TEST_F(Delimited, NeedsANumberForAMean) {
  const Dataset all = read("a,b\n?,0.5\n?,1.5\n", {.missing = Missing::mean});
  TrainTest parts{.train = all, .test = all};
  EXPECT_THAT(message([&] { fill_missing(parts); }),
              EndsWith("column 'a' has no number to take the mean of"));
}

TEST_F(Delimited, FindsColumnsOfAnotherFileByName) {
  const Dataset train = read("a,b,kind\n1,2,x\n3,4,y\n");
  const Dataset other =
      read_like(train, "kind,b,extra,a\ny,20,9,10\nx,40,9,30\n", TargetUse::required);
  EXPECT_THAT(features(other), ElementsAre(10, 20, 30, 40));
  EXPECT_THAT(other.targets.to_vector(), ElementsAre(1, 0));

  const Dataset unlabelled = read_like(train, "b,a\n20,10\n", TargetUse::ignored);
  EXPECT_THAT(features(unlabelled), ElementsAre(10, 20));
  EXPECT_FALSE(unlabelled.has_targets());

  EXPECT_EQ(error_like(train, "aa,b,kind\n1,2,x\n", TargetUse::required),
            "b.csv: there is no column 'a', which the model was trained with (did you mean 'aa'?)");
  EXPECT_THAT(error_like(train, "a,b\n1,2\n", TargetUse::required),
              HasSubstr("b.csv: there is no column 'kind'"));
  EXPECT_EQ(error_like(train, "a,b,kind\n1,2,x\n1,2,z\n", TargetUse::required),
            "b.csv:3: column 'kind': the class 'z' is not one the model was trained with "
            "(known: x, y)");
}

TEST_F(Delimited, FindsColumnsOfAnotherFileByPosition) {
  const Dataset train = read("x,1,2\ny,3,4\n", {.target = "0"});
  EXPECT_THAT(features(read_like(train, "10,20\n", TargetUse::ignored)), ElementsAre(10, 20));
  EXPECT_THAT(features(read_like(train, "?,10,20\n", TargetUse::ignored)), ElementsAre(10, 20));
  const Dataset labelled = read_like(train, "y,10,20\n", TargetUse::required);
  EXPECT_THAT(features(labelled), ElementsAre(10, 20));
  EXPECT_THAT(labelled.targets.to_vector(), ElementsAre(1));
  EXPECT_EQ(error_like(train, "10,20\n", TargetUse::required),
            "b.csv: has 2 columns where the model needs 3 with the target");
  EXPECT_EQ(error_like(train, "1,2,3,4\n", TargetUse::ignored),
            "b.csv: has 4 columns where the model needs 2, or 3 with the target");
}

TEST_F(Delimited, LeavesColumnsOut) {
  const std::string file = "city,size,note,price\nLviv,1,x,2.5\nKyiv,3,y,4.5\n";
  for (const char* note : {"note", "2"}) {
    const Dataset dataset = read(file, {.drop = {note, "city"}});
    EXPECT_THAT(dataset.feature_names, ElementsAre("size"));
    EXPECT_THAT(features(dataset), ElementsAre(1, 3));
    EXPECT_EQ(dataset.target_position, 3U);
    EXPECT_THAT(dataset.dropped, ElementsAre(0, 2));
  }
  EXPECT_EQ(error_of(file, {.drop = {"cite"}}),
            "a.csv: there is no column 'cite' (did you mean 'city'?)");
  EXPECT_EQ(
      error_of(file, {.drop = {"price"}}),
      "a.csv: column 'price' is the target, which cannot be dropped (--target names another)");
  EXPECT_EQ(error_of(file, {.drop = {"city", "0"}}), "a.csv: column '0' is dropped twice (--drop)");
  EXPECT_EQ(error_of(file, {.drop = {"city", "size", "note"}}),
            "a.csv: no column is left to predict 'price' from (--drop fewer)");
  EXPECT_EQ(error_of("1,2\n3,4.5\n", {.drop = {"city"}}),
            "a.csv: has no header to find the column 'city' in (give its position, 0 to 1)");
}

TEST_F(Delimited, LeavesOutOfAnotherFileWhatTheModelLeavesOut) {
  const Dataset named = read("city,size,price\nLviv,1,2.5\nKyiv,3,4.5\n", {.drop = {"city"}});
  EXPECT_THAT(features(read_like(named, "size,city\n7,Odesa\n", TargetUse::ignored)),
              ElementsAre(7));
  EXPECT_THAT(features(read_like(named, "size\n7\n", TargetUse::ignored)), ElementsAre(7));
  EXPECT_THAT(features(read_like(named, "Odesa,7\n", TargetUse::ignored)), ElementsAre(7));
  EXPECT_THAT(error_like(named, "size,price\n7,1\nbig,2\n", TargetUse::ignored),
              EndsWith("'big' is not a number"));  // nothing can be dropped any more

  const Dataset train = read("1,b,2.5,10\n3,c,4.5,20\n", {.target = "2", .drop = {"1"}});
  EXPECT_THAT(features(train), ElementsAre(1, 10, 3, 20));
  const Dataset labelled = read_like(train, "5,d,6.5,30\n", TargetUse::required);
  EXPECT_THAT(features(labelled), ElementsAre(5, 30));
  EXPECT_THAT(labelled.targets.to_vector(), ElementsAre(6.5F));
  EXPECT_THAT(features(read_like(train, "5,d,30\n", TargetUse::ignored)), ElementsAre(5, 30));
  EXPECT_EQ(error_like(train, "5,30\n", TargetUse::ignored),
            "b.csv: has 2 columns where the model needs 3, or 4 with the target and those that it "
            "leaves out");
}

TEST_F(Delimited, LeavesATargetWhatItIsWhereAModelAloneSaysTheTask) {
  std::string measured = "x,y\n";
  for (int i = 0; i < 21; ++i) measured += std::to_string(i) + "," + std::to_string(i) + "\n";
  const auto task = [&](const std::string& content, Task of_model) {
    return read(content, {.task = of_model, .task_from = TaskFrom::model}).task;
  };
  EXPECT_EQ(task(measured, Task::classification), Task::regression);
  EXPECT_EQ(task("x,y\n1,0\n2,5\n3,7\n", Task::classification), Task::classification);
  EXPECT_EQ(task("x,y\n1,0\n2,1\n3,1\n", Task::regression), Task::regression);
  EXPECT_EQ(task(iris, Task::regression), Task::classification);
  EXPECT_EQ(read(measured, {.task = Task::classification}).class_count(), 21U);  // asked for
}

TEST_F(Delimited, PredictsFromOneColumn) {
  const Dataset train = read("a,b\n1,0.5\n2,1.5\n3,9.5\n");
  EXPECT_THAT(features(read_like(train, "7\n8\n", TargetUse::ignored)), ElementsAre(7, 8));
}

TEST_F(Delimited, KeepsTheTaskOfTheSchema) {
  const Dataset regression = read("a,b\n1,0.5\n2,1.5\n");
  EXPECT_THAT(read_like(regression, "a,b\n1,0\n2,1\n", TargetUse::required).targets.to_vector(),
              ElementsAre(0, 1));
  const Dataset classes = read("a,b\n1,3\n2,5\n3,5\n");
  EXPECT_THAT(read_like(classes, "a,b\n1,5.0\n", TargetUse::required).targets.to_vector(),
              ElementsAre(1));
  EXPECT_THAT(error_like(regression, "a,b\n?,0\n", TargetUse::required, Missing::mean),
              HasSubstr("the model knows no means"));
}

}  // namespace
}  // namespace ravine::data
