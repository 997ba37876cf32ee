#include "ravine/lab/matrix_vector.hpp"

#include <gmock/gmock.h>

#include <array>

namespace ravine::lab {
namespace {

TEST(MatrixVector, IsTheProductOfEither) {
  const Tensor<double> matrix({2, 3}, {1, 2, 3, 4, 5, 6});
  EXPECT_THAT(times(matrix, std::array{1.0, 0.0, -1.0}), testing::ElementsAre(-2, -2));
  EXPECT_THAT(times(matrix, std::array{1.0, -1.0}, blas::Transpose::yes),
              testing::ElementsAre(-3, -3, -3));
}

}  // namespace
}  // namespace ravine::lab
