#include "config_file.hpp"

#include <istream>
#include <string_view>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::apps {
namespace {

/// Some editors begin a file in UTF-8 with it.
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

class Reader {
 public:
  Reader(std::istream& in, const std::string& file) : in_(in), file_(file) {}

  std::vector<ConfigEntry> entries() {
    std::vector<ConfigEntry> result;
    while (next_line()) {
      if (at_end()) continue;
      if (rest_.front() == '[')
        fail("a section was not expected: a file holds the options of one subcommand");
      const std::size_t equals = rest_.find('=');
      if (equals == std::string_view::npos) fail("name = value is expected");
      const std::size_t line = line_;
      const std::string name(trimmed(rest_.substr(0, equals)));
      rest_.remove_prefix(equals + 1);
      result.push_back({.line = line, .name = name, .values = values()});
      if (!at_end()) fail(text("'", rest_, "' was not expected after the value"));
    }
    return result;
  }

 private:
  [[noreturn]] void fail(const std::string& what) const {
    throw InputError(text(file_, ":", line_, ": ", what));
  }

  bool next_line() {
    if (!std::getline(in_, buffer_)) return false;
    rest_ = buffer_;
    if (line_ == 0 && rest_.starts_with(byte_order_mark))
      rest_.remove_prefix(byte_order_mark.size());
    ++line_;
    return true;
  }

  /// Whether nothing but blanks and a comment is left of the line; blanks are skipped.
  bool at_end() {
    rest_ = trimmed(rest_);
    return rest_.empty() || rest_.front() == '#';
  }

  std::vector<std::string> values() {
    if (at_end()) fail("a value is expected after '='");
    if (rest_.front() != '[') return {value("#")};
    const std::size_t opened = line_;
    rest_.remove_prefix(1);
    std::vector<std::string> list;
    while (true) {
      skip_to_item(opened);
      if (rest_.front() == ']') break;
      list.push_back(value(",]#"));
      skip_to_item(opened);
      if (rest_.front() == ']') break;
      if (rest_.front() != ',') fail(text("',' or ']' is expected before '", rest_, "'"));
      rest_.remove_prefix(1);
    }
    rest_.remove_prefix(1);
    if (list.empty()) fail("the list is empty");
    return list;
  }

  void skip_to_item(std::size_t opened) {
    while (at_end())
      if (!next_line()) fail(text("the list of line ", opened, " has no end (']')"));
  }

  /// In quotes, or up to one of `ends`.
  std::string value(std::string_view ends) {
    if (rest_.front() == '"' || rest_.front() == '\'') return quoted();
    const std::string_view bare = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(bare.size());
    if (trimmed(bare).empty()) fail("a value is expected between the commas");
    return std::string(trimmed(bare));
  }

  /// Between double quotes \" and \\ stand for the second of them, as in TOML.
  std::string quoted() {
    const char quote = rest_.front();
    std::string result;
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == quote) {
        rest_.remove_prefix(i + 1);
        return result;
      }
      if (quote == '"' && rest_[i] == '\\') {
        ++i;
        if (i == rest_.size() || (rest_[i] != '"' && rest_[i] != '\\'))
          fail("a backslash in double quotes stands before \" or \\ (use single quotes)");
      }
      result += rest_[i];
    }
    fail(text("the quotes of ", rest_, " have no end"));
  }

  std::istream& in_;
  const std::string& file_;
  std::string buffer_;
  std::string_view rest_;  // of the line
  std::size_t line_ = 0;
};

}  // namespace

std::vector<ConfigEntry> read_config(std::istream& in, const std::string& file) {
  return Reader(in, file).entries();
}

}  // namespace ravine::apps
