#include "ravine/data/npy.hpp"

#include <gmock/gmock.h>

#include <cstring>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::ElementsAre;
using testing::Folder;
using ::testing::HasSubstr;
using testing::message;
using namespace std::string_literals;

/// As NEP 1 describes the format: magic, version, length, a dictionary filled up to 64 bytes.
std::string npy(const std::string& type, const std::string& shape, const std::string& data,
                bool fortran = false, char version = 1) {
  std::string header = "{'descr': '" + type +
                       "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" +
                       shape + "), }";
  const std::size_t before = version == 1 ? 10 : 12;
  header.append(63 - (before + header.size()) % 64, ' ');
  header += '\n';
  std::string file = "\x93NUMPY"s + version + '\0';
  file += static_cast<char>(header.size());
  file += version == 1 ? "\0"s : "\0\0\0"s;
  return file + header + data;
}

template <class T>
std::string bytes_of(const std::vector<T>& values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

class Npy : public ::testing::Test {
 protected:
  std::vector<double> numbers(const std::string& content) const {
    return read_npy_array(folder.write("a.npy", content)).numbers("a.npy");
  }
  std::string error_of(const std::string& content) const {
    return message([&] { read_npy(folder.write("a.npy", content)); })
        .substr(folder.path().string().size() + 1);
  }
  Folder folder;
};

// Written by NumPy: np.save(f, np.array([[1.5, -2.0], [3.0, 4.25]], dtype='<f4')).
TEST_F(Npy, ReadsWhatNumPyWrites) {
  const std::string file =
      "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"s +
      std::string(58, ' ') + "\n\x00\x00\xc0?\x00\x00\x00\xc0\x00\x00@@\x00\x00\x88@"s;
  EXPECT_THAT(numbers(file), ElementsAre(1.5, -2, 3, 4.25));
}

TEST_F(Npy, ReadsEveryTypeOfNumber) {
  EXPECT_THAT(numbers(npy("|u1", "2,", bytes_of<std::uint8_t>({0, 255}))), ElementsAre(0, 255));
  EXPECT_THAT(numbers(npy("|i1", "2,", bytes_of<std::int8_t>({-1, 5}))), ElementsAre(-1, 5));
  EXPECT_THAT(numbers(npy("|b1", "2,", bytes_of<std::uint8_t>({0, 1}))), ElementsAre(0, 1));
  EXPECT_THAT(numbers(npy("<u2", "1,", bytes_of<std::uint16_t>({65535}))), ElementsAre(65535));
  EXPECT_THAT(numbers(npy("<i2", "1,", bytes_of<std::int16_t>({-300}))), ElementsAre(-300));
  EXPECT_THAT(numbers(npy("<u4", "1,", bytes_of<std::uint32_t>({1U << 31U}))),
              ElementsAre(2147483648.0));
  EXPECT_THAT(numbers(npy("<i4", "1,", bytes_of<std::int32_t>({-70000}))), ElementsAre(-70000));
  EXPECT_THAT(numbers(npy("<u8", "1,", bytes_of<std::uint64_t>({7}))), ElementsAre(7));
  EXPECT_THAT(numbers(npy("<i8", "1,", bytes_of<std::int64_t>({-7}))), ElementsAre(-7));
  EXPECT_THAT(numbers(npy("<f8", "1,", bytes_of<double>({0.1}))), ElementsAre(0.1));
  for (const char version : {'\2', '\3'})
    EXPECT_THAT(numbers(npy("<f8", "1,", bytes_of<double>({2.5}), false, version)),
                ElementsAre(2.5));
}

TEST_F(Npy, BringsFortranOrderIntoRows) {
  // [[1, 2, 3], [4, 5, 6]] column by column.
  EXPECT_THAT(numbers(npy("<i4", "2, 3", bytes_of<std::int32_t>({1, 4, 2, 5, 3, 6}), true)),
              ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST_F(Npy, FindsLabelsBesideFeatures) {
  const std::string x = npy("<f4", "2, 2", bytes_of<float>({1, 2, 3, 4}));
  const std::string y = npy("<i8", "2,", bytes_of<std::int64_t>({3, 8}));
  for (const auto& [features, labels] :
       {std::pair("X.npy", "y.npy"), std::pair("a_x.npy", "a_y.npy"),
        std::pair("x_train.npy", "y_train.npy"), std::pair("b_images.npy", "b_labels.npy"),
        std::pair("features.npy", "targets.npy")}) {
    folder.write(labels, y);
    const LabelledArrays arrays = read_npy(folder.write(features, x));
    EXPECT_THAT(arrays.labels, ElementsAre(3, 8)) << features;
    EXPECT_THAT(arrays.features.floats().to_vector(), ElementsAre(1, 2, 3, 4));
  }
  folder.write("X.npy", npy("<f4", "1, 2", bytes_of<float>({1, 2})));
  EXPECT_THAT(message([&] { read_npy(folder.path() / "X.npy"); }),
              AllOf(HasSubstr("X.npy holds 1 examples"), HasSubstr("y.npy 2 labels")));
}

TEST_F(Npy, KeepsPixelsAsBytes) {
  const LabelledArrays arrays =
      read_npy(folder.write("x.npy", npy("|u1", "2, 1, 2", "\x00\x33\x66\xff"s)));
  EXPECT_TRUE(arrays.features.held_as_bytes());
  EXPECT_FLOAT_EQ(arrays.features.floats()[3], 1.0F);
  EXPECT_FLOAT_EQ(arrays.features.floats()[1], 0.2F);
}

TEST_F(Npy, RefusesBadFiles) {
  const std::string one = bytes_of<float>({1});
  EXPECT_EQ(error_of("hello, world"), "a.npy: is not an NPY file");
  EXPECT_EQ(error_of("\x93NUMPY\x01"s), "a.npy: is cut short: its header is incomplete");
  EXPECT_THAT(error_of("\x93NUMPY\x09\0\0\0"s), HasSubstr("has NPY version 9"));
  EXPECT_THAT(error_of("\x93NUMPY\x02\0\xff\xff\xff\xff"s), HasSubstr("its header is 4294967295"));
  EXPECT_EQ(error_of(npy("<f4", "2, 1", one)),
            "a.npy: is cut short: its shape (2, 1) and type <f4 take 8 bytes, there are 4");
  EXPECT_THAT(error_of(npy("<f4", "1, 1", one + "x")), HasSubstr("a.npy: is too long"));
  EXPECT_THAT(error_of(npy("<f4", "4294967296, 4294967296", one)), HasSubstr("impossibly large"));
  EXPECT_THAT(error_of(npy("<f4", "4611686018427387904, 1", one)), HasSubstr("impossibly large"));
  EXPECT_THAT(error_of(npy("<f4", "0, 1", "")), HasSubstr("holds no examples"));
  EXPECT_THAT(error_of(npy("<f4", "-1, 1", one)), HasSubstr("its header holds no shape"));
  EXPECT_THAT(error_of(npy(">f4", "1, 1", one)), HasSubstr("has elements of type '>f4'"));
  EXPECT_THAT(error_of(npy("|O", "1, 1", one)), HasSubstr("has elements of type '|O'"));
  EXPECT_THAT(error_of(npy("<f4", "1,", one)), HasSubstr("has fewer than two axes"));
  EXPECT_THAT(error_of(npy("<f8", "1, 1", bytes_of<double>({1e39}))),
              HasSubstr("element 0 (1e+39) is not a finite 32-bit float"));
}

}  // namespace
}  // namespace ravine::data
