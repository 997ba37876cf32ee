#include "ravine/data/idx.hpp"

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
using namespace std::string_literals;

const std::string images =
    "\0\0\x08\3\0\0\0\2\0\0\0\1\0\0\0\3"s
    "\0\x33\x66\xff\1\2"s;
const std::string labels = "\0\0\x08\1\0\0\0\2\7\4"s;

TEST(ReadIdx, FindsTheLabelsBesideTheImages) {
  const Folder folder;
  folder.write("train-labels-idx1-ubyte.gz", gzipped(labels));
  const LabelledArrays arrays = read_idx(folder.write("train-images-idx3-ubyte", images));
  EXPECT_TRUE(arrays.features.held_as_bytes());
  const Tensor<float> pixels = arrays.features.floats();
  EXPECT_EQ(pixels.shape(), Shape({2, 3}));
  EXPECT_FLOAT_EQ(pixels[1], 0.2F);
  EXPECT_FLOAT_EQ(pixels[3], 1.0F);
  EXPECT_FLOAT_EQ(pixels[5], 2.0F / 255.0F);
  EXPECT_THAT(arrays.labels, ElementsAre(7, 4));
}

TEST(ReadIdx, DoesWithoutLabels) {
  const Folder folder;
  EXPECT_TRUE(read_idx(folder.write("digits-images.idx3-ubyte", images)).labels.empty());
}

TEST(ReadIdx, RefusesAnotherLengthThanTheHeaderSays) {
  const Folder folder;
  const auto error_of = [&](const std::string& content) {
    return message([&] { read_idx(folder.write("images", content)); });
  };
  EXPECT_THAT(error_of(images.substr(0, images.size() - 1)),
              EndsWith("images: is cut short: its extents 2 x 1 x 3 take 6 bytes, there are 5"));
  EXPECT_THAT(error_of(images + "x"),
              EndsWith("images: is too long: its extents 2 x 1 x 3 take 6 bytes, there are more"));
  EXPECT_THAT(error_of(images.substr(0, 10)), EndsWith("its header is incomplete"));
  EXPECT_THAT(error_of(gzipped(images).substr(0, 20)), HasSubstr("images: is cut short"));
}

TEST(ReadIdx, RefusesOtherFiles) {
  const Folder folder;
  const auto error_of = [&](const std::string& content) {
    return message([&] { read_idx(folder.write("images", content)); });
  };
  EXPECT_THAT(error_of("PNG image"), HasSubstr("is not an IDX file"));
  EXPECT_THAT(error_of("\0\0\x0d\1\0\0\0\1\0\0\0\0"s), HasSubstr("holds elements of IDX type 13"));
  EXPECT_THAT(error_of("\0\0\x08\2\0\0\0\0\0\0\0\3"s), HasSubstr("holds no examples"));
  EXPECT_THAT(error_of(labels), HasSubstr("has one axis, as labels do"));
}

TEST(ReadIdx, DoesNotBelieveEnormousExtents) {
  const Folder folder;
  const auto error_of = [&](const std::string& content) {
    return message([&] { read_idx(folder.write("images", content)); });
  };
  const std::string most = "\xff\xff\xff\xff";
  EXPECT_THAT(error_of("\0\0\x08\2"s + most + most + "x"), HasSubstr("is cut short"));
  EXPECT_THAT(error_of("\0\0\x08\3"s + most + most + most + "x"),
              HasSubstr("its extents are impossibly large"));
}

TEST(ReadIdx, RefusesLabelsThatDoNotFit) {
  const Folder folder;
  const auto path = folder.write("a-images", images);
  folder.write("a-labels", "\0\0\x08\1\0\0\0\3\7\4\1"s);
  EXPECT_THAT(message([&] { read_idx(path); }),
              AllOf(HasSubstr("a-images holds 2 examples"), HasSubstr("a-labels 3 labels")));
  folder.write("a-labels", images);
  EXPECT_THAT(message([&] { read_idx(path); }), HasSubstr("a-labels: has 3 axes"));
}

}  // namespace
}  // namespace ravine::data
