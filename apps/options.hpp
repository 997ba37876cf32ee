#pragma once

#include <functional>
#include <string>
#include <vector>

#include "values.hpp"

namespace CLI {
class App;
}

namespace ravine::apps {

enum class Need { optional, required };

/// Where a subcommand binds its options to variables. What a variable holds then is the default
/// that --help shows. (The parser's own header takes 6 s to compile and stays in one file.)
class Options {
 public:
  explicit Options(CLI::App& app) : app_(app) {}

  /// `--name UNIT`; given again, the last one counts.
  template <class T>
  void value(const std::string& name, const std::string& unit, T& variable, const std::string& help,
             Need need = Need::optional) {
    add({name, unit, shown(variable), help, need},
        [&variable](const std::string& text) { variable = parsed<T>(text); });
  }
  /// `--name UNIT`, of which there must be 1 or more.
  void count(const std::string& name, std::size_t& variable, const std::string& help);
  /// `--name UNIT` that may be given again and again.
  template <class T>
  void repeated(const std::string& name, const std::string& unit, std::vector<T>& variable,
                const std::string& help, Need need = Need::optional) {
    add({name, unit, "", help, need, /*repeated=*/true},
        [&variable](const std::string& text) { variable.push_back(parsed<T>(text)); });
  }
  /// `--name`, which sets the variable to true.
  void flag(const std::string& name, bool& variable, const std::string& help);
  /// An argument without a name that may be left out.
  void argument(const std::string& name, std::string& variable, const std::string& help);

 private:
  struct Row {
    std::string name;
    std::string unit;
    std::string standard;
    std::string help;
    Need need;
    bool repeated = false;
  };
  void add(const Row& row, std::function<void(const std::string&)> take);

  CLI::App& app_;
};

}  // namespace ravine::apps
