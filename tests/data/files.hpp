#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "support/throws.hpp"

namespace ravine::data::testing {

/// A new folder that goes when the test ends.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Writes a file into the folder and returns its path.
  std::filesystem::path write(const std::string& name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

/// The content gzipped, by zlib.
std::string gzipped(std::string_view content);

std::string content_of(const std::filesystem::path& path);

using test::message;

}  // namespace ravine::data::testing
