// The safetensors format against files put together here byte by byte, from its description at
// https://github.com/huggingface/safetensors.
#include "ravine/nn/safetensors.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "nn/residual.hpp"
#include "nn/support.hpp"
#include "ravine/nn/linear.hpp"
#include "ravine/nn/sequential.hpp"

namespace ravine::nn {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using testing::Folder;
using ::testing::HasSubstr;
using testing::message;
using ::testing::Pair;
using testing::Residual;
using ::testing::StartsWith;

/// The low bytes of a number, the lowest first.
std::string little_endian(std::uint64_t number, int bytes = 8) {
  std::string result;
  for (int i = 0; i < bytes; ++i) result += static_cast<char>(number >> (8 * i) & 0xff);
  return result;
}

template <class T>
std::string bytes_of(const std::vector<T>& values) {
  std::string result;
  for (const T value : values)
    if constexpr (sizeof(T) == 4)
      result += little_endian(std::bit_cast<std::uint32_t>(value), 4);
    else
      result += little_endian(std::bit_cast<std::uint64_t>(value));
  return result;
}

std::string file_of(const std::string& header, const std::string& body) {
  return little_endian(header.size()) + header + body;
}

std::string content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_bytes(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

template <class T = float>
TensorFile<T> read_bytes(const std::string& bytes) {
  const Folder folder;
  write_bytes(folder / "file", bytes);
  return read_safetensors<T>(folder / "file");
}

/// What reading such a file says, after its path.
std::string error_of(const std::string& bytes) {
  const std::string what = message<InputError>([&] { read_bytes(bytes); });
  EXPECT_EQ(what.find('\n'), std::string::npos) << what;
  const std::string reason = "/file: not a model that can be read: ";
  const std::size_t begin = what.find(reason);
  return begin == std::string::npos ? what : what.substr(begin + reason.size());
}

TEST(Safetensors, ReadsWhatTheFormatSays) {
  const std::string header = R"({"__metadata__":{"made by":"hand"},)"
                             R"("b":{"dtype":"F64","shape":[2],"data_offsets":[24,40]},)"
                             R"("a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                             R"("nothing":{"dtype":"F32","shape":[0],"data_offsets":[40,40]},)"
                             R"("number":{"dtype":"F32","shape":[],"data_offsets":[40,44]}}   )";
  const std::string body = bytes_of<float>({1, -2, 0.5F, 3e38F, 1e-45F, 6}) +
                           bytes_of<double>({0.1, -1e-3}) + bytes_of<float>({7});
  const auto file = read_bytes<double>(file_of(header, body));
  EXPECT_THAT(file.metadata, ElementsAre(Pair("made by", "hand")));
  ASSERT_EQ(file.tensors.size(), 4U);
  const auto& [name, a] = file.tensors[0];
  EXPECT_EQ(name, "a");
  EXPECT_EQ(a.shape(), (Shape{2, 3}));
  EXPECT_THAT(a.to_vector(), ElementsAre(1, -2, 0.5, 3e38F, 1e-45F, 6));
  EXPECT_EQ(file.tensors[1].first, "b");
  EXPECT_THAT(file.tensors[1].second.to_vector(), ElementsAre(0.1, -1e-3));
  EXPECT_EQ(file.tensors[2].second.shape(), (Shape{0}));
  EXPECT_EQ(file.tensors[3].second.shape(), Shape{});
  EXPECT_EQ(file.tensors[3].second.item(), 7);

  const auto rounded = read_bytes<float>(file_of(header, body));
  EXPECT_THAT(rounded.tensors[1].second.to_vector(), ElementsAre(0.1F, -1e-3F));
}

TEST(Safetensors, WritesWhatTheFormatSays) {
  const Folder folder;
  const TensorFile<float> file{
      .tensors = {{"z", Tensor<float>({2, 1}, {1.5F, -2})}, {"a", Tensor<float>({1}, {3})}},
      .metadata = {{"classes", "[\"a\",\"b\"]"}}};
  write_safetensors(file, folder / "model");
  const std::string content = content_of(folder / "model");
  ASSERT_GT(content.size(), 8U);
  const auto length = static_cast<std::size_t>(static_cast<unsigned char>(content[0]) +
                                               256 * static_cast<unsigned char>(content[1]));
  EXPECT_EQ(content.substr(0, 8), little_endian(length));
  EXPECT_EQ(length % 8, 0U);
  EXPECT_EQ(nlohmann::json::parse(content.substr(8, length)),
            nlohmann::json::parse(
                R"({"__metadata__":{"classes":"[\"a\",\"b\"]"},
                    "z":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
                    "a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})"));
  EXPECT_EQ(content.substr(8 + length), bytes_of<float>({1.5F, -2, 3}));
  EXPECT_EQ(content[8], '{');
  EXPECT_FALSE(fs::exists(folder / "model.part"));
}

template <class T>
void expect_round_trip() {
  const Folder folder;
  const TensorFile<T> file{
      .tensors = {{"0.weight", Tensor<T>({2, 2}, {T(0.1), std::numeric_limits<T>::denorm_min(),
                                                  std::numeric_limits<T>::max(), T(-0.0)})},
                  {"ü \"quoted\"", Tensor<T>({}, {T(1) / 3})},
                  {"empty", Tensor<T>::zeros({0, 5})},
                  {"not finite", Tensor<T>({2}, {std::numeric_limits<T>::infinity(),
                                                 std::numeric_limits<T>::quiet_NaN()})}},
      .metadata = {{"task", "classification"}, {"text", "line\nü"}}};
  write_safetensors(file, folder / "model");
  const auto again = read_safetensors<T>(folder / "model");
  EXPECT_EQ(again.metadata, file.metadata);
  ASSERT_EQ(again.tensors.size(), file.tensors.size());
  for (std::size_t i = 0; i < file.tensors.size(); ++i) {
    EXPECT_EQ(again.tensors[i].first, file.tensors[i].first);
    EXPECT_EQ(again.tensors[i].second.shape(), file.tensors[i].second.shape());
    EXPECT_EQ(bytes_of(again.tensors[i].second.to_vector()),
              bytes_of(file.tensors[i].second.to_vector()));
  }
}

TEST(Safetensors, ReadsBackEveryBit) {
  expect_round_trip<float>();
  expect_round_trip<double>();
}

TEST(Safetensors, KeepsAModelWhoseLabelsAreNotUtf8) {
  const Folder folder;
  write_safetensors<float>({.tensors = {}, .metadata = {{"classes", "caf\xe9"}}}, folder / "model");
  EXPECT_EQ(read_safetensors<float>(folder / "model").metadata.at("classes"), "caf\xef\xbf\xbd");
}

TEST(Safetensors, ReplacesAnOlderFile) {
  const Folder folder;
  write_safetensors<float>({.tensors = {{"a", Tensor<float>::ones({100})}}, .metadata = {}},
                           folder / "model");
  write_safetensors<float>({.tensors = {{"b", Tensor<float>::ones({1})}}, .metadata = {}},
                           folder / "model");
  EXPECT_EQ(read_safetensors<float>(folder / "model").tensors.front().first, "b");
}

TEST(SafetensorsErrors, FilesThatAreNotThere) {
  const Folder folder;
  EXPECT_EQ(message<InputError>([&] { read_safetensors<float>(folder / "absent"); }),
            (folder / "absent").string() + ": there is no such file, or it cannot be read");
  fs::create_directory(folder / "folder");
  EXPECT_THAT(message<InputError>([&] { read_safetensors<float>(folder / "folder"); }),
              HasSubstr("there is no such file, or it cannot be read"));
}

const std::string entry = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
const std::string two_floats = bytes_of<float>({1, 2});

TEST(SafetensorsErrors, FilesCutShort) {
  EXPECT_EQ(error_of(""), "it is cut short");
  EXPECT_EQ(error_of("\x08\0\0"), "it is cut short");
  EXPECT_EQ(error_of(little_endian(10) + "{}"), "its header is cut short");
  for (const std::uint64_t huge : {std::uint64_t{1} << 63, ~std::uint64_t{0}})
    EXPECT_EQ(error_of(little_endian(huge) + "{}"), "its header is cut short");
  const std::string whole = file_of("{" + entry + "}", two_floats);
  EXPECT_EQ(read_bytes(whole).tensors.size(), 1U);
  for (std::size_t length = 0; length < whole.size(); ++length) error_of(whole.substr(0, length));
  EXPECT_EQ(error_of(whole.substr(0, whole.size() - 1)),
            "tensor 'a': offsets 0 to 8 do not fit F32 of shape [2] in 7 bytes");
  EXPECT_EQ(error_of(whole + "x"), "its tensors take 8 bytes, but 9 are there");
}

TEST(SafetensorsErrors, HeadersThatAreNone) {
  for (const std::string header :
       {"", "{", "nonsense", "null", "[]", "5", "\"text\"", "{} {}", "{\"a\":}", "\xff\xfe"})
    EXPECT_EQ(error_of(file_of(header, "")), "its header is not a JSON object") << header;
  const std::string deep(1'000'000, '[');
  EXPECT_EQ(error_of(file_of(deep, "")), "its header is not a JSON object");
  EXPECT_EQ(error_of(file_of(deep + std::string(1'000'000, ']'), "")),
            "its header is not a JSON object");
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(error_of(file_of(objects + "1" + std::string(100'000, '}'), "")),
            "tensor 'a' needs dtype, shape and data_offsets");
  EXPECT_EQ(error_of(file_of(R"({"__metadata__":{"a":1}})", "")),
            "__metadata__ must be a table of texts");
  EXPECT_EQ(error_of(file_of(R"({"__metadata__":"a"})", "")),
            "__metadata__ must be a table of texts");
}

/// Of a file with one tensor of this shape and these offsets, before 8 bytes.
std::string error_with(const std::string& shape, const std::string& offsets,
                       const std::string& type = "F32") {
  return error_of(file_of(R"({"a":{"dtype":")" + type + R"(","shape":)" + shape +
                              R"(,"data_offsets":)" + offsets + "}}",
                          two_floats));
}

TEST(SafetensorsErrors, EntriesThatDoNotFit) {
  EXPECT_EQ(error_with("[3]", "[0,8]"),
            "tensor 'a': offsets 0 to 8 do not fit F32 of shape [3] in 8 bytes");
  EXPECT_THAT(error_with("[2]", "[0,8]", "F64"), HasSubstr("do not fit F64 of shape [2]"));
  EXPECT_THAT(error_with("[2]", "[8,16]"), HasSubstr("offsets 8 to 16 do not fit"));
  EXPECT_THAT(error_with("[2]", "[8,0]"), HasSubstr("offsets 8 to 0 do not fit"));
  EXPECT_THAT(error_with("[1000000000000]", "[0,4000000000000]"), HasSubstr("do not fit"));
  // 2^62 elements of 4 bytes are 2^64, which overflows to 0.
  EXPECT_THAT(error_with("[4611686018427387904]", "[0,0]"), HasSubstr("do not fit"));
  EXPECT_THAT(error_with("[18446744073709551615,2]", "[0,8]"), StartsWith("tensor 'a': "));
  EXPECT_THAT(error_with("[18446744073709551616]", "[0,8]"),
              HasSubstr("its shape must be a list of whole numbers"));
  EXPECT_THAT(error_with("[1,1,1,1,1,1,2]", "[0,8]"), StartsWith("tensor 'a': "));
  EXPECT_EQ(error_with("[-2]", "[0,8]"), "tensor 'a': its shape must be a list of whole numbers");
  EXPECT_EQ(error_with("[2.0]", "[0,8]"), "tensor 'a': its shape must be a list of whole numbers");
  EXPECT_EQ(error_with("2", "[0,8]"), "tensor 'a': its shape must be a list of whole numbers");
  EXPECT_EQ(error_with("[2]", "[0,true]"),
            "tensor 'a': its data_offsets must be a list of whole numbers");
  EXPECT_EQ(error_with("[2]", "[0]"), "tensor 'a': its data_offsets must be two numbers");
  EXPECT_EQ(error_with("[2]", "[0,8,8]"), "tensor 'a': its data_offsets must be two numbers");
  EXPECT_EQ(error_with("[4]", "[0,8]", "F16"),
            "tensor 'a': elements of type F16 are not supported (F32 and F64 are)");
  EXPECT_EQ(error_with("[1]", "[0,8]", "I64"),
            "tensor 'a': elements of type I64 are not supported (F32 and F64 are)");
  for (const std::string incomplete :
       {"5", "{}", R"({"dtype":"F32","shape":[2]})", R"({"dtype":"F32","data_offsets":[0,8]})",
        R"({"shape":[2],"data_offsets":[0,8]})", R"({"dtype":4,"shape":[2],"data_offsets":[0,8]})"})
    EXPECT_EQ(error_of(file_of("{\"a\":" + incomplete + "}", two_floats)),
              "tensor 'a' needs dtype, shape and data_offsets")
        << incomplete;
}

TEST(SafetensorsErrors, TensorsThatOverlapOrLeaveGaps) {
  const auto two = [](const std::string& first, const std::string& second) {
    return error_of(file_of(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":)" + first +
                                R"(},"b":{"dtype":"F32","shape":[1],"data_offsets":)" + second +
                                "}}",
                            bytes_of<float>({1, 2, 3})));
  };
  EXPECT_EQ(two("[0,4]", "[0,4]"), "tensor 'b' starts at byte 0, but those before it end at 4");
  EXPECT_EQ(two("[0,4]", "[8,12]"), "tensor 'b' starts at byte 8, but those before it end at 4");
  EXPECT_EQ(two("[4,8]", "[8,12]"), "tensor 'a' starts at byte 4, but those before it end at 0");
  EXPECT_EQ(two("[4,8]", "[0,4]"), "its tensors take 8 bytes, but 12 are there");
  // Of a name that comes twice JSON keeps the last: the first one's bytes are then a gap.
  EXPECT_EQ(
      error_of(file_of("{" + entry + R"(,"a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})",
                       bytes_of<float>({1, 2, 3}))),
      "tensor 'a' starts at byte 8, but those before it end at 0");
}

TEST(SafetensorsErrors, PlacesThatCannotBeWritten) {
  const Folder folder;
  const TensorFile<float> file{.tensors = {{"a", Tensor<float>::ones({2})}}, .metadata = {}};
  const fs::path nowhere = folder / "absent" / "model";
  EXPECT_EQ(message<IoError>([&] { write_safetensors(file, nowhere); }),
            nowhere.string() + ": the model could not be written");
  EXPECT_TRUE(folder.empty());
  fs::create_directories(folder / "taken" / "by a folder");
  EXPECT_THAT(message<IoError>([&] { write_safetensors(file, folder / "taken"); }),
              EndsWith("taken: the model could not be written"));
  EXPECT_FALSE(fs::exists(folder / "taken.part"));
}

TEST(SafetensorsErrors, TwoTensorsOfOneName) {
  const Folder folder;
  const Tensor<float> one = Tensor<float>::ones({1});
  EXPECT_THAT(message<InputError>([&] {
                write_safetensors<float>({.tensors = {{"a", one}, {"a", one}}, .metadata = {}},
                                         folder / "model");
              }),
              EndsWith("model: two tensors of the model are named 'a'"));
  EXPECT_TRUE(folder.empty());
}

// Models.

TEST(SaveAndLoad, BringAUsersModuleBack) {
  const Folder folder;
  Generator generator(1);
  Sequential<float> model{Linear<float>(3, 3, generator), Residual<float>(3)};
  const Tensor<float> x({4, 3}, {1, 2, 3, -1, 0, 1, 5, -2, 0.5F, 2, 2, 2});
  model(x);  // moves the running averages off their start
  model.eval();
  save(model, folder / "model.safetensors");

  Sequential<float> other{Linear<float>(3, 3, generator), Residual<float>(3)};
  other.eval();
  EXPECT_NE(other(x).value().to_vector(), model(x).value().to_vector());
  load(other, folder / "model.safetensors");
  EXPECT_EQ(other(x).value().to_vector(), model(x).value().to_vector());

  Sequential<double> twice{Linear<double>(3, 3, generator), Residual<double>(3)};
  load(twice, folder / "model.safetensors");
  save(twice, folder / "double.safetensors");
  Sequential<float> back{Linear<float>(3, 3, generator), Residual<float>(3)};
  back.eval();
  load(back, folder / "double.safetensors");
  EXPECT_EQ(back(x).value().to_vector(), model(x).value().to_vector());
}

TEST(SaveAndLoad, NameTheTensorThatDoesNotFitAndChangeNothing) {
  const Folder folder;
  const fs::path path = folder / "model";
  Linear<float> layer(3, 2);
  const auto before = layer.weight.value().to_vector();
  const auto weight = std::pair("weight", Tensor<float>::zeros({2, 3}));
  const auto bias = std::pair("bias", Tensor<float>::zeros({2}));
  const auto error_with_tensors = [&](std::vector<std::pair<std::string, Tensor<float>>> tensors) {
    write_safetensors<float>({.tensors = std::move(tensors), .metadata = {}}, path);
    std::string what = message<InputError>([&] { load(layer, path); });
    EXPECT_EQ(layer.weight.value().to_vector(), before) << what;
    EXPECT_THAT(what, StartsWith(path.string() + ": "));
    return what.substr(path.string().size() + 2);
  };
  EXPECT_EQ(error_with_tensors({weight, {"bias", Tensor<float>::zeros({3})}}),
            "tensor 'bias' has shape [3], the model's is [2]");
  EXPECT_EQ(error_with_tensors({weight, {"bias", Tensor<float>::zeros({2, 1})}}),
            "tensor 'bias' has shape [2, 1], the model's is [2]");
  EXPECT_EQ(error_with_tensors({{"weight", Tensor<float>::zeros({3, 2})}, bias}),
            "tensor 'weight' has shape [3, 2], the model's is [2, 3]");
  EXPECT_EQ(error_with_tensors({weight}), "tensor 'bias' of the model is missing");
  EXPECT_EQ(error_with_tensors({weight, bias, {"extra", Tensor<float>::zeros({1})}}),
            "tensor 'extra' has no place in the model");
  write_bytes(path, "not a model");
  message<InputError>([&] { load(layer, path); });
  EXPECT_EQ(layer.weight.value().to_vector(), before);
}

TEST(SaveAndLoad, GoThroughTheHandlesAnOptimizerHolds) {
  const Folder folder;
  Linear<float> layer(1, 1);
  const auto parameter = layer.parameters().front();
  parameter->value.fill(3);
  save(layer, folder / "model");
  parameter->value.fill(0);
  load(layer, folder / "model");
  EXPECT_EQ(parameter->value.item(), 3);
}

}  // namespace
}  // namespace ravine::nn
