#include "ravine/data/npy.hpp"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

#include "ravine/data/byte_reader.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

static_assert(std::endian::native == std::endian::little);

struct Header {
  std::string type;  // with the byte order: <f4
  bool fortran_order = false;
  std::vector<std::size_t> extents;
};

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what) {
  throw InputError(text(path.string(), ": ", what));
}

std::string read_header(ByteReader& reader) {
  const auto read = [&](std::size_t count) {
    std::string bytes(count, '\0');
    if (reader.read({reinterpret_cast<std::uint8_t*>(bytes.data()), count}) != count)
      fail(reader.path(), "is cut short: its header is incomplete");
    return bytes;
  };
  if (read(6) != "\x93NUMPY") fail(reader.path(), "is not an NPY file");
  const int version = static_cast<unsigned char>(read(2)[0]);
  if (version < 1 || version > 3)
    fail(reader.path(), text("has NPY version ", version, ", versions 1 to 3 are read"));
  const std::string size_bytes = read(version == 1 ? 2 : 4);
  std::uint32_t size = 0;
  std::memcpy(&size, size_bytes.data(), size_bytes.size());
  // As NumPy itself limits it.
  constexpr std::uint32_t longest = 10'000;
  if (size > longest) fail(reader.path(), text("is damaged: its header is ", size, " bytes long"));
  return read(size);
}

/// What follows 'key': in the text of a Python dictionary, up to its end.
std::string_view after_key(const std::filesystem::path& path, std::string_view dictionary,
                           std::string_view key) {
  const std::size_t at = dictionary.find(text('\'', key, '\''));
  const std::size_t colon = at == std::string_view::npos ? at : dictionary.find(':', at);
  if (colon == std::string_view::npos)
    fail(path, text("is damaged: its header does not say '", key, "'"));
  std::string_view value = dictionary.substr(colon + 1);
  while (value.starts_with(' ')) value.remove_prefix(1);
  return value;
}

Header parse_header(const std::filesystem::path& path, std::string_view dictionary) {
  Header header;
  const std::string_view type = after_key(path, dictionary, "descr");
  const std::size_t type_end = type.find('\'', 1);
  if (!type.starts_with('\'') || type_end == std::string_view::npos)
    fail(path, "has elements of a structured type, only plain numbers are read");
  header.type = type.substr(1, type_end - 1);

  const std::string_view order = after_key(path, dictionary, "fortran_order");
  header.fortran_order = order.starts_with("True");
  if (!header.fortran_order && !order.starts_with("False"))
    fail(path, "is damaged: its header says neither True nor False for 'fortran_order'");

  std::string_view shape = after_key(path, dictionary, "shape");
  const std::size_t shape_end = shape.find(')');
  if (!shape.starts_with('(') || shape_end == std::string_view::npos)
    fail(path, "is damaged: its header holds no shape");
  shape = shape.substr(1, shape_end - 1);
  while (!trimmed(shape).empty()) {
    const std::size_t comma = std::min(shape.find(','), shape.size());
    const std::string_view extent = trimmed(shape.substr(0, comma));
    std::size_t value = 0;
    const auto [stop, error] = std::from_chars(extent.data(), extent.data() + extent.size(), value);
    if (error != std::errc() || stop != extent.data() + extent.size())
      fail(path, "is damaged: its header holds no shape");
    header.extents.push_back(value);
    shape.remove_prefix(std::min(comma + 1, shape.size()));
  }
  return header;
}

/// Bytes an element takes; 0 for types that are not read.
std::size_t width_of(std::string_view type) {
  constexpr std::array<std::string_view, 11> known{"u1", "i1", "b1", "u2", "i2", "u4",
                                                   "i4", "u8", "i8", "f4", "f8"};
  for (const std::string_view name : known)
    if (name == type) return static_cast<std::size_t>(name[1] - '0');
  return 0;
}

/// Elements whose first axis runs fastest, brought into the order in which the last one does.
Bytes row_major(const Bytes& bytes, std::size_t width, const std::vector<std::size_t>& extents) {
  Bytes result(bytes.size());
  std::vector<std::size_t> index(extents.size(), 0);
  for (std::size_t out = 0; out < bytes.size(); out += width) {
    std::size_t in = 0;
    for (std::size_t axis = extents.size(); axis-- > 0;) in = in * extents[axis] + index[axis];
    std::memcpy(result.data() + out, bytes.data() + in * width, width);
    for (std::size_t axis = extents.size(); axis-- > 0;) {
      if (++index[axis] < extents[axis]) break;
      index[axis] = 0;
    }
  }
  return result;
}

template <class Element>
void append(std::vector<double>& numbers, const Bytes& bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(Element)) {
    Element element{};
    std::memcpy(&element, bytes.data() + at, sizeof(Element));
    numbers.push_back(static_cast<double>(element));
  }
}

}  // namespace

std::vector<double> NpyArray::numbers(const std::string& where) const {
  std::vector<double> result;
  result.reserve(bytes.size() / width_of(type));
  if (type == "u1" || type == "b1") append<std::uint8_t>(result, bytes);
  if (type == "i1") append<std::int8_t>(result, bytes);
  if (type == "u2") append<std::uint16_t>(result, bytes);
  if (type == "i2") append<std::int16_t>(result, bytes);
  if (type == "u4") append<std::uint32_t>(result, bytes);
  if (type == "i4") append<std::int32_t>(result, bytes);
  if (type == "u8") append<std::uint64_t>(result, bytes);
  if (type == "i8") append<std::int64_t>(result, bytes);
  if (type == "f4") append<float>(result, bytes);
  if (type == "f8") append<double>(result, bytes);
  for (std::size_t i = 0; i < result.size(); ++i)
    if (!(std::abs(result[i]) <= std::numeric_limits<float>::max()))
      throw InputError(
          text(where, ": element ", i, " (", result[i], ") is not a finite 32-bit float"));
  return result;
}

NpyArray read_npy_array(const std::filesystem::path& path) {
  ByteReader reader(path);
  const Header header = parse_header(path, read_header(reader));
  const char byte_order = header.type.empty() ? '\0' : header.type.front();
  const bool little_endian = byte_order == '<' || byte_order == '|' || byte_order == '=';
  NpyArray array{
      .extents = header.extents, .type = header.type.substr(little_endian ? 1 : 0), .bytes = {}};
  const std::size_t width = width_of(array.type);
  if (width == 0)
    fail(path, text("has elements of type '", header.type,
                    "' (little endian integers, f4 and f8 are read)"));
  std::size_t count = 1;
  for (const std::size_t extent : array.extents) {
    if (extent == 0) fail(path, "holds no examples (an extent is 0)");
    if (extent > std::numeric_limits<std::size_t>::max() / width / count)
      fail(path, "is damaged: its extents are impossibly large");
    count *= extent;
  }
  array.bytes = reader.read_to_end(
      count * width, text("its shape (", joined(array.extents), ") and type ", header.type));
  if (header.fortran_order) array.bytes = row_major(array.bytes, width, array.extents);
  return array;
}

LabelledArrays read_npy(const std::filesystem::path& features) {
  NpyArray array = read_npy_array(features);
  if (array.extents.size() < 2)
    fail(features, "has fewer than two axes; features have shape (examples, features)");
  const std::size_t examples = array.extents.front();
  LabelledArrays arrays{.name = features.string(), .features = {}, .labels = {}};
  if (array.type == "u1") {
    const std::size_t pixels = array.bytes.size() / examples;
    arrays.features = Features(std::move(array.bytes), pixels, 1.0F / 255.0F);
  } else {
    const std::vector<double> numbers = array.numbers(features.string());
    auto values = Tensor<float>::uninitialized({examples, numbers.size() / examples});
    for (std::size_t i = 0; i < numbers.size(); ++i) values[i] = static_cast<float>(numbers[i]);
    arrays.features = Features(std::move(values));
  }

  if (const auto path = labels_beside(features)) {
    const NpyArray labels = read_npy_array(*path);
    const bool one_column = labels.extents.size() == 2 && labels.extents[1] == 1;
    if (labels.extents.size() != 1 && !one_column)
      fail(*path, text("has shape (", joined(labels.extents), "), labels have one axis"));
    arrays.labels = labels.numbers(path->string());
    require_same_count(features, examples, *path, arrays.labels.size());
  }
  return arrays;
}

}  // namespace ravine::data
