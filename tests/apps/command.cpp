#include "apps/command.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace ravine::apps {

Words words(const std::string& line, const Words& further) {
  std::istringstream in(line);
  Words result(std::istream_iterator<std::string>(in), {});
  result.insert(result.end(), further.begin(), further.end());
  return result;
}

Process ravine(const Words& arguments, const test::ProcessOptions& options) {
  return test::run_process(RAVINE_COMMAND, arguments, options);
}

Json ravine_json(Words arguments) {
  arguments.insert(arguments.end(), {"--json", "--quiet"});
  const Process process = ravine(arguments);
  EXPECT_EQ(process.status, 0) << process.err;
  EXPECT_EQ(process.err, "");
  Json json = Json::parse(process.out, nullptr, false);
  EXPECT_TRUE(json.is_object()) << process.out;
  return json;
}

std::string unbroken(const std::string& text) {
  std::string line;
  for (const std::string& word : words(text)) line += (line.empty() ? "" : " ") + word;
  return line;
}

std::string page_of(const std::string& line) {
  const Folder folder;
  const auto page = folder.path() / "page.html";
  const Process process = ravine(words(line + " --report", {page.string()}));
  EXPECT_EQ(process.status, 0) << process.err;
  return data::testing::content_of(page);
}

testing::AssertionResult fails(int status, const Words& arguments, const Words& parts) {
  const Process process = ravine(arguments);
  const auto failure = [&](const std::string& what) {
    return testing::AssertionFailure()
           << what << "\nstatus " << process.status << "\nstdout: " << process.out
           << "\nstderr: " << process.err;
  };
  if (process.status != status) return failure("the status must be " + std::to_string(status));
  if (!process.out.empty()) return failure("stdout must be empty");
  if (!process.err.starts_with("ravine: error: ")) return failure("stderr begins otherwise");
  if (std::ranges::count(process.err, '\n') != 1 || process.err.back() != '\n')
    return failure("stderr must be one line");
  for (const std::string& part : parts)
    if (process.err.find(part) == std::string::npos)
      return failure("stderr must hold '" + part + "'");
  return testing::AssertionSuccess();
}

testing::AssertionResult refused(const Words& arguments, const Words& parts) {
  return fails(2, arguments, parts);
}

Json without_times(Json document) {
  if (document.is_object())
    for (const char* name :
         {"seconds", "examples_per_second", "step_seconds", "seconds_to_target", "jobs", "out"})
      document.erase(name);
  if (document.is_structured())
    for (auto& item : document) item = without_times(item);
  return document;
}

}  // namespace ravine::apps
