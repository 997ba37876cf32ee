#include "ravine/data/features.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "data/files.hpp"
#include "ravine/data/dataset.hpp"
#include "ravine/data/row_kernels.hpp"
#include "ravine/tensor/random.hpp"
#include "support/simd_levels.hpp"
#include "support/with_threads.hpp"

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

TEST(Features, GathersTheSameWithAnyNumberOfThreads) {
  constexpr std::size_t rows = 300;
  constexpr std::size_t columns = 201;
  Bytes numbers(rows * columns);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = static_cast<std::uint8_t>(7 * i);
  Tensor<float> values = Tensor<float>::uninitialized({rows, columns});
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 0.5F * numbers[i];
  Generator generator(1);
  const std::vector<std::size_t> order = generator.permutation(rows);
  std::vector<float> expected;
  for (const std::size_t row : order) {
    const auto begin = values.data() + row * columns;
    expected.insert(expected.end(), begin, begin + columns);
  }
  for (const std::size_t count : {1, 2, 3, 4}) {
    const test::WithThreads with(count);
    EXPECT_EQ(gathered(Features(values), order), expected);
    EXPECT_EQ(gathered(Features(numbers, columns, 0.5F), order), expected);
    EXPECT_THAT(message<ShapeError>([&] {
                  std::vector<std::size_t> wrong = order;
                  wrong.back() = rows;
                  gathered(Features(values), wrong);
                }),
                HasSubstr("row 300 does not exist, there are 300"));
  }
}

TEST(RowKernels, ScaleBytesAtEveryLevel) {
  Generator generator(2);
  for (std::size_t columns = 1; columns <= 70; ++columns) {
    std::vector<std::uint8_t> row(columns);
    std::vector<float> scale(columns);
    std::vector<float> shift(columns);
    for (std::size_t j = 0; j < columns; ++j) {
      row[j] = static_cast<std::uint8_t>(generator.below(256));
      scale[j] = static_cast<float>(generator.uniform());
      shift[j] = static_cast<float>(generator.normal());
    }
    test::for_each_level([&](auto level) {
      std::vector<float> out(columns + 1, -1);
      kernels::scale_bytes<decltype(level)>(row.data(), scale.data(), shift.data(), out.data(),
                                            columns);
      for (std::size_t j = 0; j < columns; ++j) {
        const double product = static_cast<double>(scale[j]) * row[j];
        // Rounded once, or twice.
        const double bound = std::numeric_limits<float>::epsilon() *
                             (std::abs(product) + std::abs(product + shift[j]));
        ASSERT_NEAR(out[j], product + shift[j], bound) << level.name << ", column " << j;
      }
      ASSERT_EQ(out[columns], -1) << level.name << ", " << columns << " columns";
    });
  }
}

TEST(RowKernels, GatherFloatsAtEveryLevel) {
  const std::vector<std::size_t> order{2, 0, 2, 1};
  for (std::size_t columns = 1; columns <= 70; ++columns) {
    const auto matrix = Tensor<float>::arange(3 * columns);
    test::for_each_level([&](auto level) {
      std::vector<float> out(order.size() * columns + 1, -1);
      kernels::gather_floats<decltype(level)>(matrix.data(), columns, order, out.data());
      for (std::size_t i = 0; i < order.size(); ++i)
        for (std::size_t j = 0; j < columns; ++j)
          ASSERT_EQ(out[i * columns + j], matrix[order[i] * columns + j]) << level.name;
      ASSERT_EQ(out.back(), -1) << level.name << ", " << columns << " columns";
    });
  }
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
