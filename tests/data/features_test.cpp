#include "ravine/data/features.hpp"

#include <gmock/gmock.h>

#include "data/files.hpp"
#include "ravine/data/dataset.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::message;

const std::vector<std::size_t> last_then_first{2, 0};

Features floats() { return Features(Tensor<float>({3, 2}, {1, 2, 3, 4, 5, 6})); }
Features bytes() { return {{0, 2, 4, 6, 8, 255}, 2, 0.5F}; }

std::vector<float> gathered(const Features& features, const std::vector<std::size_t>& rows) {
  std::vector<float> out(rows.size() * features.columns());
  features.gather(rows, out.data());
  return out;
}

TEST(Features, GathersRowsInTheOrderAskedFor) {
  EXPECT_THAT(gathered(floats(), last_then_first), ElementsAre(5, 6, 1, 2));
  EXPECT_THAT(gathered(bytes(), last_then_first), ElementsAre(4, 127.5F, 0, 1));
  EXPECT_THAT(bytes().floats().to_vector(), ElementsAre(0, 1, 2, 3, 4, 127.5F));
}

TEST(Features, SubsetsKeepHowTheyAreHeld) {
  EXPECT_THAT(floats().subset(last_then_first).floats().to_vector(), ElementsAre(5, 6, 1, 2));
  const Features part = bytes().subset(last_then_first);
  EXPECT_TRUE(part.held_as_bytes());
  EXPECT_EQ(part.rows(), 2U);
  EXPECT_THAT(part.floats().to_vector(), ElementsAre(4, 127.5F, 0, 1));
}

TEST(Features, RescalesColumns) {
  const std::vector<double> center{1, 2};
  const std::vector<double> spread{2, 0.5};
  EXPECT_THAT(floats().rescaled(center, spread).floats().to_vector(),
              ElementsAre(0, 0, 1, 4, 2, 8));
  // Bytes 0, 2, 4, ... stand for 0, 1, 2, ...
  EXPECT_THAT(bytes().rescaled(center, spread).floats().to_vector(),
              ElementsAre(-0.5F, -2, 0.5F, 2, 1.5F, 251));
  // A second time, on top of the first.
  EXPECT_THAT(
      bytes().rescaled(center, spread).rescaled(center, spread).floats().rows(0, 1).to_vector(),
      ElementsAre(-0.75F, -8));
}

TEST(Features, RefusesWhatDoesNotFit) {
  const std::vector<std::size_t> beyond{3};
  const std::vector<double> one{1};
  EXPECT_THAT(message<ShapeError>([&] { gathered(floats(), beyond); }),
              HasSubstr("row 3 does not exist, there are 3"));
  EXPECT_THAT(message<ShapeError>([&] { bytes().subset(beyond); }), HasSubstr("row 3"));
  EXPECT_THAT(message<ShapeError>([] { Features(Tensor<float>::zeros({3})); }),
              HasSubstr("not [3]"));
  EXPECT_THAT(message<ShapeError>([] {
                Features({1, 2, 3}, 2, 1.0F);
              }),
              HasSubstr("3 bytes do not make rows of 2 columns"));
  EXPECT_THAT(message<ShapeError>([&] { floats().rescaled(one, one); }),
              HasSubstr("do not fit 2 columns"));
}

TEST(Dataset, SubsetsKeepTargetsBesideTheirExamples) {
  Dataset dataset;
  dataset.name = "three";
  dataset.features = floats();
  dataset.targets = Tensor<float>({3}, {10, 20, 30});
  const Dataset part = dataset.subset(last_then_first);
  EXPECT_EQ(part.name, "three");
  EXPECT_EQ(part.size(), 2U);
  EXPECT_THAT(part.targets.to_vector(), ElementsAre(30, 10));
  EXPECT_EQ(dataset.features.floats().data(), Dataset(dataset).features.floats().data())
      << "copies share the numbers";
}

}  // namespace
}  // namespace ravine::data
