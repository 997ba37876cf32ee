#include <fstream>

#include "apps/command.hpp"

// Each a request that is wrong: status 2, nothing on stdout, one line on stderr that says what,
// where, and what would be right.

namespace ravine::apps {
namespace {

using data::testing::gzipped;

const std::string good_rows = "1,2,a\n3,4,b\n5,6,a\n7,8,b\n9,1,a\n2,3,b\n";

class BadInput : public testing::Test {
 protected:
  Words train(const std::string& content, const Words& further = {}) {
    Words result = words("train --quiet --data", {folder.write("table.csv", content).string()});
    result.insert(result.end(), further.begin(), further.end());
    return result;
  }
  Folder folder;
};

/// A big-endian number of four bytes, as in the head of an IDX file.
std::string big_endian(unsigned number) {
  std::string bytes;
  for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>(number >> shift);
  return bytes;
}

std::string idx_images(unsigned count, const std::string& pixels) {
  return std::string("\0\0\x08\x03", 4) + big_endian(count) + big_endian(2) + big_endian(2) +
         pixels;
}

std::string idx_labels(const std::string& labels) {
  return std::string("\0\0\x08\x01", 4) + big_endian(static_cast<unsigned>(labels.size())) + labels;
}

TEST_F(BadInput, MissingFile) {
  EXPECT_TRUE(refused(words("train --data nowhere/house.csv"),
                      {"nowhere/house.csv: there is no such file"}));
}

TEST_F(BadInput, EmptyFile) { EXPECT_TRUE(refused(train(""), {"table.csv", "empty"})); }

TEST_F(BadInput, RaggedRow) {
  EXPECT_TRUE(refused(train("1,2,a\n3,b\n"), {"table.csv:2: ", "2 cells where 3 are expected"}));
}

TEST_F(BadInput, WordInANumericColumn) {
  EXPECT_TRUE(refused(train("size,price,kind\n1,2,a\n3,wide,b\n4,5,a\n6,7,b\n"),
                      {"table.csv:3: column 'price': 'wide' is not a number",
                       "leave it out by --drop price, or make 0/1 columns of it"}));
}

TEST_F(BadInput, TextInAnotherEncoding) {
  EXPECT_TRUE(refused(train("x,qualit\xE9\n1,a\n2,b\n"), {"table.csv:1: is not UTF-8", "iconv"}));
}

TEST_F(BadInput, MissingValue) {
  EXPECT_TRUE(refused(train("size,price,kind\n1,2,a\n3,n/a,b\n4,5,a\n6,7,b\n"),
                      {"table.csv:3: column 'price': 'n/a' is not a number (use --missing drop or "
                       "mean)"}));
}

TEST_F(BadInput, TargetThatIsNotThere) {
  EXPECT_TRUE(refused(train("size,price\n1,2\n3,4\n", {"--target", "prise"}),
                      {"table.csv: there is no column 'prise' (did you mean 'price'?)"}));
  EXPECT_TRUE(refused(train("size,price\n1,2\n3,4\n", {"--target", "7"}),
                      {"there is no column 7 (they are 0 to 1)"}));
  EXPECT_TRUE(refused(train("size,price\n1,2\n3,4\n", {"--drop", "seize"}),
                      {"table.csv: there is no column 'seize' (did you mean 'size'?)"}));
}

TEST_F(BadInput, OneClassOnly) {
  EXPECT_TRUE(refused(train("1,2,a\n3,4,a\n5,6,a\n"),
                      {"table.csv: column '2' holds one class only ('a')", "at least two"}));
}

TEST_F(BadInput, TruncatedIdx) {
  folder.write("train-labels-idx1-ubyte", idx_labels(std::string("\0\1", 2)));
  const auto images = folder.write("train-images-idx3-ubyte", idx_images(2, "1234567"));
  EXPECT_TRUE(
      refused(words("train --data", {images.string()}), {"train-images-idx3-ubyte", "7", "8"}));
}

TEST_F(BadInput, OversizedIdx) {
  folder.write("train-labels-idx1-ubyte", idx_labels(std::string("\0\1", 2)));
  const auto images = folder.write("train-images-idx3-ubyte", idx_images(2, "123456789"));
  EXPECT_TRUE(refused(words("train --data", {images.string()}), {"train-images-idx3-ubyte", "8"}));
}

TEST_F(BadInput, IdxThatClaimsMoreThanMemoryHolds) {
  folder.write("train-labels-idx1-ubyte", idx_labels(std::string("\0\1", 2)));
  const auto images = folder.write("train-images-idx3-ubyte", idx_images(~0U, "12345678"));
  EXPECT_TRUE(refused(words("train --data", {images.string()}), {"train-images-idx3-ubyte"}));
}

TEST_F(BadInput, GzipCutShort) {
  std::string rows;
  for (int i = 0; i < 1000; ++i) rows += good_rows;
  const std::string whole = gzipped(rows);
  const auto path = folder.write("cut.csv.gz", whole.substr(0, whole.size() / 2));
  EXPECT_TRUE(refused(words("train --data", {path.string()}), {"cut.csv.gz", "cut short"}));
}

TEST_F(BadInput, LabelsAndImagesThatDifferInCount) {
  folder.write("train-labels-idx1-ubyte", idx_labels(std::string("\0\1\0", 3)));
  const auto images = folder.write("train-images-idx3-ubyte", idx_images(2, "12345678"));
  EXPECT_TRUE(refused(words("train --data", {images.string()}), {"2", "3", "labels"}));
}

TEST_F(BadInput, BatchSizeOfZero) {
  EXPECT_TRUE(refused(words("train --data digits --batch-size 0"),
                      {"--batch-size: must be at least 1, 0 was given"}));
}

TEST_F(BadInput, NumbersThatAreNone) {
  EXPECT_TRUE(refused(words("train --data digits --epochs -3"),
                      {"--epochs: '-3' is not a whole number, 1 or more"}));
  EXPECT_TRUE(refused(words("train --data digits --batch-size all"),
                      {"--batch-size: 'all' is not a whole number, 1 or more"}));
  EXPECT_TRUE(refused(words("train --data digits --validation half"),
                      {"--validation: 'half' is not a number"}));
  EXPECT_TRUE(refused(words("train --data digits --hidden 16,,8"), {"--hidden: '16,,8'"}));
  EXPECT_TRUE(refused(words("train --data digits --hidden 0"), {"--hidden", "at least 1"}));
  EXPECT_TRUE(refused(words("train --data digits --threads 0"), {"--threads", "at least 1"}));
  EXPECT_TRUE(refused(words("train --data digits --threads 99999999"), {"--threads", "1024"}));
}

TEST_F(BadInput, LearningRateOutOfRange) {
  EXPECT_TRUE(refused(words("train --data digits --lr -1"),
                      {"adam: lr must be in [0, inf), -1 was given"}));
  EXPECT_TRUE(refused(words("train --data digits --lr nan"), {"lr must be in [0, inf), nan"}));
  EXPECT_TRUE(refused(words("train --data digits --lr=-nan"), {"lr must be in [0, inf), nan"}));
}

TEST_F(BadInput, HyperparameterOutOfRange) {
  EXPECT_TRUE(refused(words("train --data digits --set beta1=1"),
                      {"adam: beta1 must be in [0, 1), 1 was given"}));
  EXPECT_TRUE(refused(words("train --data digits --set beta1"), {"--set", "name=value"}));
}

TEST_F(BadInput, MisspeltNames) {
  EXPECT_TRUE(refused(words("train --data digits --optimizer adma"),
                      {"unknown optimizer 'adma' (did you mean 'adam'?)"}));
  EXPECT_TRUE(refused(words("train --data digits --set beta_1=0.9"),
                      {"adam: unknown hyper-parameter 'beta_1' (did you mean 'beta1'?)"}));
  EXPECT_TRUE(refused(words("train --data digist"), {"'digist' (did you mean 'digits'?)"}));
  EXPECT_TRUE(refused(words("train --data digits --model mpl"), {"(did you mean 'mlp'?)"}));
  EXPECT_TRUE(refused(words("train --data digits --activation rleu"), {"(did you mean 'relu'?)"}));
  EXPECT_TRUE(refused(words("optimizers rmsporp"), {"(did you mean 'rmsprop'?)"}));
  EXPECT_TRUE(refused(words("compare --data digits --optimizers sgd,adma"),
                      {"unknown optimizer 'adma' (did you mean 'adam'?)"}));
}

TEST_F(BadInput, MisspeltOptionsAndSubcommands) {
  EXPECT_TRUE(refused(words("train --data digits --epohcs 3"),
                      {"train: unknown option '--epohcs' (did you mean '--epochs'?)"}));
  EXPECT_TRUE(refused(words("train --dta digits"),
                      {"train: unknown option '--dta' (did you mean '--data'?)"}));
  EXPECT_TRUE(refused(words("trian --data digits"),
                      {"unknown subcommand 'trian' (did you mean 'train'?)"}));
  EXPECT_TRUE(refused(words("lab trajectry"),
                      {"lab: unknown subcommand 'trajectry' (did you mean 'trajectory'?)"}));
  EXPECT_TRUE(refused({}, {"a subcommand is expected (known: train,"}));
  EXPECT_TRUE(refused(words("train"), {"train: --data is required"}));
  EXPECT_TRUE(refused(words("train --data"), {"train: --data: a value is expected"}));
  EXPECT_TRUE(refused(words("train --data digits --bogus"), {"'--bogus' (see --help)"}));
  EXPECT_TRUE(refused(words("train --data digits extra"), {"train: did not expect 'extra'"}));
}

TEST_F(BadInput, ModelThatDoesNotFitTheTask) {
  EXPECT_TRUE(refused(words("train --data diabetes --model logistic --task regression"),
                      {"model logistic predicts classes"}));
  EXPECT_TRUE(refused(words("train --data digits --model linear --task classification"),
                      {"model linear predicts a number", "(use logistic or mlp)"}));
  for (const char* command : {"train", "compare", "lr-find", "lab spectrum"}) {
    EXPECT_TRUE(refused(words(std::string(command) + " --data diabetes --model logistic"),
                        {"'progression' of diabetes is a number", "--task classification"}));
    EXPECT_TRUE(refused(words(std::string(command) + " --data iris --model linear"),
                        {"model linear predicts a number, but 'species' of iris holds classes such "
                         "as 'setosa' (use logistic or mlp)"}));
  }
}

TEST_F(BadInput, PredictionsOverTheirOwnData) {
  const std::string run = folder.path() / "run";
  ASSERT_EQ(ravine(words("train --quiet --data iris --epochs 1 --out", {run})).status, 0);
  const std::string table = folder.write("table.csv", good_rows);
  EXPECT_TRUE(refused(words("predict --model", {run, "--data", table, "--out", table}),
                      {"table.csv: ", "would overwrite the data"}));
  EXPECT_EQ(data::testing::content_of(table), good_rows);
}

TEST_F(BadInput, ModelFileOfAnotherShape) {
  const std::string run = folder.path() / "run";
  ASSERT_EQ(ravine(words("train --quiet --data iris --epochs 1 --out", {run})).status, 0);
  EXPECT_TRUE(refused(words("evaluate --data digits --model", {run}),
                      {"digits: has 64 features where the model needs 4"}));
  EXPECT_TRUE(refused(words("predict --data", {folder.write("t.csv", good_rows), "--model", run}),
                      {"t.csv: ", "the model"}));

  // Other weights under the same description.
  const std::string model = run + "/model.safetensors";
  std::string bytes = data::testing::content_of(model);
  const auto layers = bytes.find("[4,64,3]");
  ASSERT_NE(layers, std::string::npos);
  bytes.replace(layers, 8, "[4,32,3]");
  std::ofstream(model, std::ios::binary) << bytes;
  EXPECT_TRUE(refused(words("evaluate --data iris --model", {run}),
                      {"model.safetensors", "[4, 32, 3]", "[4, 64, 3]"}));
}

TEST_F(BadInput, ModelThatIsNone) {
  EXPECT_TRUE(refused(words("evaluate --data iris --model nowhere"), {"nowhere", "no such file"}));
  EXPECT_TRUE(refused(words("evaluate --data iris --model",
                            {folder.write("m.safetensors", "not a model").string()}),
                      {"m.safetensors", "not a model that can be read"}));
}

TEST_F(BadInput, OutputFolderThatCannotBeWritten) {
  // Below a regular file: root may write everywhere else.
  const std::string file = folder.write("file", "");
  EXPECT_TRUE(refused(words("train --data iris --epochs 1000000 --out", {file + "/run"}),
                      {"file/run", "Not a directory"}));
  EXPECT_TRUE(refused(words("train --data iris --epochs 1000000 --out", {file}),
                      {"file", "Not a directory"}));
}

TEST_F(BadInput, LineOfTheErrorStaysOne) {
  EXPECT_TRUE(refused(train("1,2,a\n3,\"x\x1b[31m\ny\",b\n5,6,a\n7,8,b\n"), {"is not a number"}));
  EXPECT_TRUE(refused({"train", "--data", "no\nsuch\x1b[2Jfile.csv"}, {"no?such?[2Jfile.csv"}));
}

TEST_F(BadInput, Trajectories) {
  const auto trajectory = [](const std::string& rest) {
    return words("lab trajectory --function w1^2+w2^2 " + rest);
  };
  EXPECT_TRUE(refused(trajectory("--start=1"), {"w2", "1 number"}));
  EXPECT_TRUE(refused(trajectory("--start=1,x"), {"--start: 'x' is not a number"}));
  EXPECT_TRUE(refused(trajectory("--start=1,2 --csv --json"), {"--csv and --json"}));
  EXPECT_TRUE(refused(words("lab trajectory --function w1^ --start=1"), {"column"}));
}

}  // namespace
}  // namespace ravine::apps
