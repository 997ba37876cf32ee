#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "ravine/data/bytes.hpp"

namespace ravine::data {

/// The bytes of a file from first to last; a gzipped file (known by its first bytes, not by its
/// name) is decompressed on the way and its checksums are verified.
class ByteReader {
 public:
  /// Throws InputError if there is no such file, it cannot be read, is a folder or is empty.
  explicit ByteReader(const std::filesystem::path& path);
  ~ByteReader();
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;

  /// Fills `out` unless the file ends first; returns the number of bytes written.
  /// Throws InputError for a gzip stream that is cut short or damaged.
  std::size_t read(std::span<std::uint8_t> out);

  /// Exactly `count` bytes, as many as the header of a file promises, up to its very end.
  /// Memory is taken as bytes come, so that a false promise costs nothing. Throws InputError if
  /// the file is shorter or longer; `promise` says there what was announced.
  Bytes read_to_end(std::size_t count, std::string_view promise);

  const std::filesystem::path& path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The whole file, gzipped or not. Throws InputError.
std::string read_text(const std::filesystem::path& path);

}  // namespace ravine::data
