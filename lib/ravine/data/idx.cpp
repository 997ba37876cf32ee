#include "ravine/data/idx.hpp"

#include <array>
#include <limits>

#include "ravine/data/byte_reader.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {

IdxArray read_idx_array(const std::filesystem::path& path) {
  ByteReader reader(path);
  const auto read = [&] {
    std::array<std::uint8_t, 4> bytes{};
    if (reader.read(bytes) != bytes.size())
      throw InputError(text(path.string(), ": is cut short: its header is incomplete"));
    return bytes;
  };
  // Two zeros, the type of the elements, the rank; then an extent an axis, most significant byte
  // first.
  const std::array<std::uint8_t, 4> magic = read();
  constexpr std::uint8_t unsigned_bytes = 0x08;
  const std::size_t rank = magic[3];
  if (magic[0] != 0 || magic[1] != 0 || rank == 0)
    throw InputError(text(path.string(), ": is not an IDX file (its first bytes are not 0 0)"));
  if (magic[2] != unsigned_bytes)
    throw InputError(text(path.string(), ": holds elements of IDX type ", int{magic[2]},
                          ", only unsigned bytes (8) are read"));
  IdxArray array;
  std::size_t count = 1;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    std::size_t extent = 0;
    for (const std::uint8_t byte : read()) extent = extent << 8U | byte;
    if (extent == 0) throw InputError(text(path.string(), ": holds no examples (an extent is 0)"));
    if (extent > std::numeric_limits<std::size_t>::max() / count)
      throw InputError(text(path.string(), ": is damaged: its extents are impossibly large"));
    count *= extent;
    array.extents.push_back(extent);
  }
  array.bytes = reader.read_to_end(count, text("its extents ", joined(array.extents, " x ")));
  return array;
}

LabelledArrays read_idx(const std::filesystem::path& images) {
  IdxArray array = read_idx_array(images);
  const std::size_t examples = array.extents.front();
  if (array.extents.size() < 2)
    throw InputError(text(images.string(), ": has one axis, as labels do; images have more"));
  LabelledArrays arrays{.name = images.string(), .features = {}, .labels = {}};
  const std::size_t pixels = array.bytes.size() / examples;
  arrays.features = Features(std::move(array.bytes), pixels, 1.0F / 255.0F);

  if (const auto path = labels_beside(images)) {
    const IdxArray labels = read_idx_array(*path);
    if (labels.extents.size() != 1)
      throw InputError(
          text(path->string(), ": has ", labels.extents.size(), " axes, labels have one"));
    require_same_count(images, examples, *path, labels.bytes.size());
    arrays.labels.assign(labels.bytes.begin(), labels.bytes.end());
  }
  return arrays;
}

}  // namespace ravine::data
