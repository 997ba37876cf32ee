#include "ravine/data/byte_reader.hpp"

#include <gmock/gmock.h>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using ::testing::EndsWith;
using testing::Folder;
using testing::gzipped;
using ::testing::HasSubstr;
using testing::message;

/// Long enough for several buffers, and compressible.
std::string long_text() {
  std::string text;
  for (int i = 0; text.size() < 1'000'000; ++i) text += std::to_string(i * 7919) + ",";
  return text;
}

TEST(ByteReader, ReadsPlainAndGzippedAlike) {
  const Folder folder;
  const std::string content = long_text();
  EXPECT_EQ(read_text(folder.write("plain", content)), content);
  // The name says nothing: known by the content.
  EXPECT_EQ(read_text(folder.write("zipped.csv", gzipped(content))), content);
}

TEST(ByteReader, ReadsSeveralGzipMembers) {
  const Folder folder;
  EXPECT_EQ(read_text(folder.write("two.gz", gzipped("first,") + gzipped("second"))),
            "first,second");
}

TEST(ByteReader, NamesWhatCannotBeRead) {
  const Folder folder;
  const auto missing = folder.path() / "missing.csv";
  EXPECT_THAT(message([&] { read_text(missing); }), HasSubstr("missing.csv: cannot be read (No"));
  EXPECT_THAT(message([&] { read_text(folder.path()); }), HasSubstr("is a folder"));
  EXPECT_THAT(message([&] { read_text(folder.write("a.csv", "")); }), EndsWith("a.csv: is empty"));
}

TEST(ByteReader, NoticesGzipCutShortAnywhere) {
  const Folder folder;
  const std::string whole = gzipped("5.1,3.5,1.4,0.2,setosa\n");
  for (std::size_t size = 2; size < whole.size(); ++size) {
    const auto path = folder.write("cut.csv.gz", std::string_view(whole).substr(0, size));
    EXPECT_THAT(message([&] { read_text(path); }), HasSubstr("cut.csv.gz: is cut short")) << size;
  }
}

TEST(ByteReader, NoticesDamagedGzip) {
  const Folder folder;
  const std::string content = long_text();
  std::string damaged = gzipped(content);
  damaged[damaged.size() - 5] ^= 1;  // in the checksum of the content
  EXPECT_THAT(message([&] { read_text(folder.write("a.gz", damaged)); }),
              HasSubstr("a.gz: is damaged (gzip: incorrect"));
  EXPECT_THAT(message([&] { read_text(folder.write("b.gz", gzipped("x") + "more")); }),
              HasSubstr("b.gz: has other bytes after the end"));
}

TEST(ByteReader, HoldsAHeadersPromiseAgainstTheBytes) {
  const Folder folder;
  const auto path = folder.write("four", gzipped("1234"));
  EXPECT_EQ(ByteReader(path).read_to_end(4, "4 things").size(), 4U);
  EXPECT_THAT(message([&] { ByteReader(path).read_to_end(3, "3 things"); }),
              HasSubstr("four: is too long: 3 things take 3 bytes"));
  // A promise of more memory than there is must not be believed.
  EXPECT_THAT(message([&] { ByteReader(path).read_to_end(std::size_t{1} << 62U, "many things"); }),
              HasSubstr("four: is cut short: many things take 4611686018427387904 bytes, there are "
                        "4"));
}

}  // namespace
}  // namespace ravine::data
