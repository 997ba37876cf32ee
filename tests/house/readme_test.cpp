#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace ravine::house {
namespace {

using testing::HasSubstr;

std::string content(const std::string& file) {
  std::ifstream in(RAVINE_SOURCE_DIR "/" + file);
  EXPECT_TRUE(in) << file;
  return {std::istreambuf_iterator<char>(in), {}};
}

/// What stands between the first line "```language" of a page and the next "```".
std::string first_block(const std::string& page, const std::string& language) {
  const std::string opening = "```" + language + "\n";
  const auto begin = page.find(opening);
  const auto end = page.find("\n```", begin);
  if (begin == std::string::npos || end == std::string::npos) return "";
  return page.substr(begin + opening.size(), end + 1 - begin - opening.size());
}

TEST(Readme, ShowsTheProgramThatThePackageTestBuilds) {
  EXPECT_EQ(first_block(content("README.md"), "cpp"), content("apps/examples/digits.cpp"));
}

TEST(Readme, ShowsTheLinesThatLinkIt) {
  const std::string page = content("README.md");
  const std::string project = content("tests/package/app/CMakeLists.txt");
  for (const std::string line :
       {"find_package(ravine REQUIRED)\n", "target_link_libraries(app PRIVATE ravine::ravine)\n"}) {
    EXPECT_THAT(page, HasSubstr(line));
    EXPECT_THAT(project, HasSubstr(line));
  }
}

}  // namespace
}  // namespace ravine::house
