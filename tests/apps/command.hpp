#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "data/files.hpp"
#include "support/process.hpp"

namespace ravine::apps {

using Json = nlohmann::json;
using Words = std::vector<std::string>;
using data::testing::Folder;
using test::Process;
using testing::AllOf;
using testing::AnyOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

/// The words of a command, separated by blanks, and further words that are taken as they are.
Words words(const std::string& line, const Words& further = {});
Process ravine(const Words& arguments, const test::ProcessOptions& options = {});
/// What a command that must succeed prints with --json: one document and nothing else.
Json ravine_json(Words arguments);
/// What a command prints, every run of blanks and line ends as one blank: sentences that stand on
/// several lines.
std::string unbroken(const std::string& text);
/// The page that `ravine` writes for `line` and --report.
std::string page_of(const std::string& line);
/// Whether a command ends with `status` and one line on stderr that begins with "ravine: error: "
/// and holds all of `parts`, and prints nothing.
testing::AssertionResult fails(int status, const Words& arguments, const Words& parts);
/// The same for a request that is wrong: status 2.
testing::AssertionResult refused(const Words& arguments, const Words& parts);

/// The document without what differs from run to run: times, speeds, the folder, and how many runs
/// went side by side.
Json without_times(Json document);

}  // namespace ravine::apps
