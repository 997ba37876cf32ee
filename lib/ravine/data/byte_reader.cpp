#include "ravine/data/byte_reader.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using OpenFile = std::unique_ptr<std::FILE, CloseFile>;

OpenFile opened(const std::filesystem::path& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw InputError(text(path.string(), ": is a folder, a file is expected"));
  OpenFile file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr)
    throw InputError(text(path.string(), ": cannot be read (", errno_text(), ")"));
  return file;
}

}  // namespace

struct ByteReader::State {
  std::filesystem::path path;
  OpenFile file;
  // Read from the file and not yet handed on: [next, end).
  std::array<std::uint8_t, std::size_t{1} << 17U> buffer;
  std::size_t next = 0;
  std::size_t end = 0;
  z_stream gzip{};
  bool gzipped = false;
  bool member_ended = false;

  [[noreturn]] void fail(std::string_view what) const {
    throw InputError(text(path.string(), ": ", what));
  }

  /// Whether there are at least `count` bytes in the buffer, reading more where necessary.
  bool has(std::size_t count) {
    if (end - next >= count) return true;
    std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(next),
              buffer.begin() + static_cast<std::ptrdiff_t>(end), buffer.begin());
    end -= next;
    next = 0;
    end += std::fread(buffer.data() + end, 1, buffer.size() - end, file.get());
    if (std::ferror(file.get()) != 0) fail(text("cannot be read (", errno_text(), ")"));
    return end >= count;
  }

  bool at_gzip_member() { return has(2) && buffer[next] == 0x1f && buffer[next + 1] == 0x8b; }

  std::size_t read_plain(std::span<std::uint8_t> out) {
    std::size_t written = 0;
    while (written < out.size() && has(1)) {
      const std::size_t count = std::min(end - next, out.size() - written);
      std::memcpy(out.data() + written, buffer.data() + next, count);
      next += count;
      written += count;
    }
    return written;
  }

  std::size_t read_gzip(std::span<std::uint8_t> out) {
    std::size_t written = 0;
    while (written < out.size()) {
      if (member_ended) {
        if (!has(1)) break;
        if (!at_gzip_member()) fail("has other bytes after the end of its gzip data");
        inflateReset(&gzip);
        member_ended = false;
      }
      if (!has(1)) fail("is cut short (the gzip data end too early)");
      constexpr std::size_t most = std::size_t{1} << 30U;  // zlib counts in 32 bits
      const auto room = static_cast<uInt>(std::min(out.size() - written, most));
      const auto supply = static_cast<uInt>(end - next);
      gzip.next_in = buffer.data() + next;
      gzip.avail_in = supply;
      gzip.next_out = out.data() + written;
      gzip.avail_out = room;
      const int status = inflate(&gzip, Z_NO_FLUSH);
      next += supply - gzip.avail_in;
      written += room - gzip.avail_out;
      if (status == Z_STREAM_END)
        member_ended = true;
      else if (status == Z_MEM_ERROR)
        throw std::bad_alloc();
      else if (status != Z_OK && status != Z_BUF_ERROR)
        fail(text("is damaged (gzip: ", gzip.msg == nullptr ? "bad data" : gzip.msg, ")"));
    }
    return written;
  }
};

ByteReader::ByteReader(const std::filesystem::path& path) : state_(std::make_unique<State>()) {
  state_->path = path;
  state_->file = opened(path);
  if (!state_->has(1)) state_->fail("is empty");
  if (state_->at_gzip_member()) {
    constexpr int gzip_format = 16;
    if (inflateInit2(&state_->gzip, gzip_format + MAX_WBITS) != Z_OK) throw std::bad_alloc();
    state_->gzipped = true;
  }
}

ByteReader::~ByteReader() {
  if (state_->gzipped) inflateEnd(&state_->gzip);
}

const std::filesystem::path& ByteReader::path() const { return state_->path; }

std::size_t ByteReader::read(std::span<std::uint8_t> out) {
  return state_->gzipped ? state_->read_gzip(out) : state_->read_plain(out);
}

Bytes ByteReader::read_to_end(std::size_t count, std::string_view promise) {
  // The first guess suits the usual ratio of compressed images, and later ones double.
  std::error_code ignored;
  const std::uintmax_t on_disk = std::filesystem::file_size(state_->path, ignored);
  std::size_t capacity = ignored ? 0 : static_cast<std::size_t>(on_disk) * 8;
  capacity = std::max<std::size_t>(capacity, std::size_t{1} << 16U);

  Bytes bytes;
  std::size_t filled = 0;
  while (filled < count) {
    bytes.resize(std::min(count, capacity));
    filled += read(std::span(bytes).subspan(filled));
    if (filled < bytes.size())
      state_->fail(text("is cut short: ", promise, " take ", count, " bytes, there are ", filled));
    capacity *= 2;
  }
  std::uint8_t beyond = 0;
  if (read({&beyond, 1}) != 0)
    state_->fail(text("is too long: ", promise, " take ", count, " bytes, there are more"));
  return bytes;
}

std::string read_text(const std::filesystem::path& path) {
  ByteReader reader(path);
  std::string content;
  std::size_t filled = 0;
  std::size_t capacity = std::size_t{1} << 20U;
  while (true) {
    content.resize(capacity);
    const std::size_t room = capacity - filled;
    const std::size_t count =
        reader.read({reinterpret_cast<std::uint8_t*>(content.data()) + filled, room});
    filled += count;
    if (count < room) break;
    capacity *= 2;
  }
  content.resize(filled);
  return content;
}

}  // namespace ravine::data
