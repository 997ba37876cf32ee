#include <gmock/gmock.h>

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "data/files.hpp"

namespace ravine::data {
namespace {

using testing::content_of;
using testing::Folder;
using testing::gzipped;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string content = "the quick brown fox jumps over the lazy dog";
// By sha256sum, of the content above.
const std::string sum = "05c6e08f1d9fdafa03147fcb8f82f124c76d2f70e3d989dc8aadb5e7d7450bec";

struct Result {
  int status;
  std::string output;  // of both streams
};

/// datasets/fetch with a manifest that knows one file, toy/fox.txt.
class Fetch : public ::testing::Test {
 protected:
  Fetch() {
    folder.write("manifest", "# a comment\ntoy fox.txt " + sum + " file:///nowhere/fox.txt.gz\n");
  }

  Result fetch(const std::string& arguments) const {
    const std::string command = "bash " RAVINE_SOURCE_DIR "/datasets/fetch " + arguments +
                                " --manifest '" + (folder.path() / "manifest").string() +
                                "' --to '" + (folder.path() / "to").string() + "' 2>&1";
    Result result{.status = -1, .output = ""};
    FILE* pipe = popen(command.c_str(), "r");
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
      result.output += static_cast<char>(c);
    const int status = pclose(pipe);
    if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
    return result;
  }
  Result fetch_from(const std::string& mirror) const {
    return fetch("toy --from '" + (folder.path() / mirror).string() + "'");
  }
  Result fetch_by_url(const std::string& mirror) const {
    return fetch("toy --from 'file://" + (folder.path() / mirror).string() + "'");
  }
  std::filesystem::path got(const std::string& file) const {
    return folder.path() / "to/toy" / file;
  }

  Folder folder;
};

TEST_F(Fetch, CopiesFromAMirrorWithItsOwnCompression) {
  folder.write("plain/toy/fox.txt", content);
  EXPECT_EQ(fetch_from("plain").status, 0);
  EXPECT_EQ(content_of(got("fox.txt")), content);

  folder.write("to/toy/fox.txt", "damaged");
  const std::string zipped = gzipped(content);
  folder.write("zipped/fox.txt.gz", zipped);
  EXPECT_EQ(fetch_from("zipped").status, 0);
  EXPECT_EQ(content_of(got("fox.txt.gz")), zipped);
  EXPECT_FALSE(std::filesystem::exists(got("fox.txt"))) << "the damaged file is gone";
}

TEST_F(Fetch, LeavesAloneWhatIsThere) {
  folder.write("to/toy/fox.txt", content);
  const Result result = fetch_from("nowhere");
  EXPECT_EQ(result.status, 0);
  EXPECT_THAT(result.output, HasSubstr("is there already"));
}

TEST_F(Fetch, RefusesAnotherFile) {
  folder.write("mirror/fox.txt", content + "!");
  const Result result = fetch_from("mirror");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.output, StartsWith("datasets/fetch: error: "));
  EXPECT_THAT(result.output, HasSubstr("fox.txt is not the file it should be (SHA-256"));
  EXPECT_EQ(std::ranges::count(result.output, '\n'), 1);
  EXPECT_TRUE(std::filesystem::is_empty(got(""))) << "nothing half written is left";
}

TEST_F(Fetch, ContinuesADownload) {
  if (std::system("command -v curl >/dev/null") != 0) GTEST_SKIP() << "curl is not installed";
  const std::string zipped = gzipped(content);
  folder.write("mirror/fox.txt.gz", zipped);
  folder.write("to/toy/fox.txt.gz.part", zipped.substr(0, 20));
  const Result result = fetch_by_url("mirror");
  EXPECT_EQ(result.status, 0) << result.output;
  EXPECT_EQ(content_of(got("fox.txt.gz")), zipped);
  EXPECT_FALSE(std::filesystem::exists(got("fox.txt.gz.part")));

  // A first half that is wrong shows that it was used, and the next try begins anew.
  std::filesystem::remove(got("fox.txt.gz"));
  folder.write("to/toy/fox.txt.gz.part", std::string(20, 'x'));
  EXPECT_EQ(fetch_by_url("mirror").status, 1);
  EXPECT_EQ(fetch_by_url("mirror").status, 0);
}

TEST_F(Fetch, KeepsThePartWhenADownloadFails) {
  if (std::system("command -v curl >/dev/null") != 0) GTEST_SKIP() << "curl is not installed";
  folder.write("to/toy/fox.txt.gz.part", "a part");
  const Result result = fetch_by_url("nowhere");
  EXPECT_EQ(result.status, 1);
  EXPECT_THAT(result.output, HasSubstr("cannot be downloaded"));
  EXPECT_EQ(content_of(got("fox.txt.gz.part")), "a part");
}

TEST_F(Fetch, SaysWhatIsWrongWithTheRequest) {
  EXPECT_EQ(fetch("tiy").status, 2);
  EXPECT_THAT(fetch("tiy").output, HasSubstr("there is no dataset 'tiy' (known: toy)"));
  EXPECT_EQ(fetch("").status, 2);
  EXPECT_EQ(fetch("--force toy").status, 2);
  EXPECT_THAT(fetch_from("nowhere").output, HasSubstr("neither fox.txt nor fox.txt.gz is in"));
}

}  // namespace
}  // namespace ravine::data
