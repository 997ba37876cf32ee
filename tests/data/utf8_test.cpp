#include "ravine/data/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

#include "data/files.hpp"
#include "ravine/data/delimited.hpp"

namespace ravine::data {
namespace {

// Sequences from RFC 3629, sections 3 and 4.
TEST(ValidUtf8Prefix, IsAllOfWhatIsUtf8) {
  for (const std::string text : {"", "plain", "caf\xC3\xA9", "A\xE2\x89\xA2\xCE\x91.",
                                 "\xED\x95\x9C\xEA\xB5\xAD", "\xF0\xA3\x8E\xB4", "\xF4\x8F\xBF\xBF",
                                 "\xED\x9F\xBF", "\xEE\x80\x80", "\xE0\xA0\x80", "\xC2\x80"})
    EXPECT_EQ(valid_utf8_prefix(text), text.size()) << text;
}

TEST(ValidUtf8Prefix, EndsBeforeWhatIsNot) {
  for (const std::string bad : {"\xE9", "\xE9z", "\x80", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE2\x89",
                                "\xE2\x89z", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                                "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"})
    EXPECT_EQ(valid_utf8_prefix("ab\xC3\xA9" + bad), 4U);
}

TEST(ReadDelimited, RefusesWhatIsNotUtf8WithTheLine) {
  const testing::Folder folder;
  const auto path = folder.write("t.csv", "x,quality\n1,a\n2,\xE9\n");
  EXPECT_EQ(testing::message([&] { read_delimited(path); }),
            path.string() + ":3: is not UTF-8 (convert the file: iconv -f latin1 -t utf-8)");
}

}  // namespace
}  // namespace ravine::data
