#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <string_view>

#include "ravine/tensor/error.hpp"

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

/// What an action that must throw an `Exception` says.
template <class Exception = InputError, class Action>
std::string message(const Action& action) {
  try {
    action();
  } catch (const Exception& error) {
    EXPECT_EQ(std::string_view(error.what()).find('\n'), std::string_view::npos) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

}  // namespace ravine::data::testing
