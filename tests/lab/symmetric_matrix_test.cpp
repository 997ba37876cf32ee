// Matrices from files, and all that may be wrong with them.
#include "ravine/lab/symmetric_matrix.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/throws.hpp"

namespace ravine::lab {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class SymmetricMatrix : public testing::Test {
 protected:
  ~SymmetricMatrix() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path file(std::string_view content) {
    std::ofstream(folder_ / "a.csv", std::ios::binary) << content;
    return folder_ / "a.csv";
  }
  std::string refusal(std::string_view content) {
    const auto path = file(content);
    return test::message([&] { read_symmetric_matrix(path); });
  }

 private:
  static std::filesystem::path fresh() {
    std::string name = (std::filesystem::temp_directory_path() / "ravine-matrix-XXXXXX").string();
    return mkdtemp(name.data());
  }
  std::filesystem::path folder_ = fresh();
};

TEST_F(SymmetricMatrix, ReadsRows) {
  const Tensor<double> a = read_symmetric_matrix(file("4,1.5\r\n1.5, 3e0\r\n"));
  EXPECT_EQ(a.shape(), Shape({2, 2}));
  EXPECT_THAT(a.to_vector(), ElementsAre(4, 1.5, 1.5, 3));
  EXPECT_THAT(read_symmetric_matrix(file("2")).to_vector(), ElementsAre(2));
}

TEST_F(SymmetricMatrix, EvensOutRounding) {
  const Tensor<double> a = read_symmetric_matrix(file("4,1.0000000000000002\n1,3\n"));
  EXPECT_EQ(a[1], a[2]);
}

TEST_F(SymmetricMatrix, SaysWhatIsNoNumber) {
  EXPECT_THAT(refusal("1,2\n2,x\n"), EndsWith("a.csv:2: column 2: 'x' is not a number (a matrix "
                                              "has numbers alone, and no header)"));
  EXPECT_THAT(refusal("a,b\n1,2\n2,5\n"), HasSubstr("a.csv:1: column 1: 'a' is not a number"));
  EXPECT_THAT(refusal("1,nan\nnan,1\n"), HasSubstr("a.csv:1: column 2: 'nan' is not a number"));
  EXPECT_THAT(refusal("1,\n2,1\n"), HasSubstr("a.csv:1: column 2: '' is not a number"));
  EXPECT_THAT(refusal("\"1\n2\",3\n"), HasSubstr("column 1: what stands there is not a number"));
}

TEST_F(SymmetricMatrix, SaysWhatIsNoSquare) {
  EXPECT_THAT(refusal("1,2,3\n2,5,6\n"),
              EndsWith("a.csv: 2 rows of 3 numbers are no square matrix (give as many rows as "
                       "columns)"));
  EXPECT_THAT(refusal("1,2\n2\n"),
              EndsWith("a.csv:2: 1 numbers, but the first row has 2 (each row needs as many as "
                       "there are rows)"));
}

TEST_F(SymmetricMatrix, SaysWhereItIsNotSymmetric) {
  EXPECT_THAT(refusal("4,1,0\n1,3,2\n0,2.5,5\n"),
              EndsWith("a.csv: is not symmetric: row 2, column 3 is 2, but row 3, column 2 is 2.5 "
                       "(both must be the same)"));
  EXPECT_THAT(refusal("4,1.000001\n1,3\n"), HasSubstr("is not symmetric"));
}

TEST_F(SymmetricMatrix, SaysThatThereIsNothing) {
  EXPECT_THAT(refusal("\n\n"), EndsWith("a.csv: has no rows"));
  EXPECT_THAT(refusal(""), HasSubstr("a.csv"));
  EXPECT_THAT(test::message([] { read_symmetric_matrix("/nowhere/a.csv"); }),
              HasSubstr("/nowhere/a.csv"));
}

}  // namespace
}  // namespace ravine::lab
