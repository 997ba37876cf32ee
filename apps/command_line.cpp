#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <utility>

#include "config_file.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::apps {
namespace {

using Commands = std::vector<std::pair<const CLI::App*, const Subcommand*>>;

constexpr const char* config_name = "--config";
constexpr const char* no_value = "a value is expected (see --help)";

/// Shows an option as `--name UNIT [default]`.
class HelpFormatter : public CLI::Formatter {
 public:
  HelpFormatter() { column_width(34); }
  std::string make_option_opts(const CLI::Option* option) const override {
    std::string result;
    if (!option->get_type_name().empty()) result += " " + option->get_type_name();
    if (!option->get_default_str().empty()) result += " [" + option->get_default_str() + "]";
    if (option->get_required()) result += " (required)";
    return result;
  }
};

CLI::App& root_of(CLI::App& app) {
  return app.get_parent() == nullptr ? app : root_of(*app.get_parent());
}

/// The parser reads the file that the program's own option names, once the line is read; those of
/// the subcommands hand theirs on.
void declare_config(CLI::App& app) {
  const std::string help =
      "read options from a file, as name = value; the command line overrides it";
  CLI::Option* option = nullptr;
  if (app.get_parent() == nullptr) {
    option = app.set_config(config_name, "", help);
  } else {
    const auto hand_on = [file = root_of(app).get_config_ptr()](const CLI::results_t& files) {
      file->add_result(files);
      return true;
    };
    option = app.add_option(config_name, hand_on, help)->trigger_on_parse();
  }
  option->type_name("FILE")->configurable(false);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  option->check([](const std::string& file) { return file.empty() ? no_value : ""; }, "");
}

void declare_common(CLI::App& app, Common& common) {
  Options options(app);
  options.count("--threads", common.threads, "compute threads in all (the cores there are)");
  options.value("--seed", "S", common.seed,
                text("everything random comes from it (", default_seed, ")"));
  options.value("--data-dir", "DIR", common.data_dir, "where datasets are looked for first");
  options.repeated("--plugin", "FILE.so", common.plugins,
                   "a shared object with optimizers of its own");
  options.flag("--json", common.json, "one JSON document on stdout, and nothing else");
  options.flag("--quiet", common.quiet, "no progress; warnings and errors only");
  options.flag("--verbose", common.verbose, "say more of what is done");
  declare_config(app);
}

void declare(CLI::App& app, Common& common, const Subcommand& subcommand, Commands& commands) {
  commands.emplace_back(&app, &subcommand);
  if (subcommand.declare) {
    Options options(app);
    subcommand.declare(options);
  }
  declare_common(app, common);
  for (const Subcommand& child : subcommand.children)
    declare(*app.add_subcommand(child.name, child.summary), common, child, commands);
  if (!subcommand.children.empty()) app.require_subcommand(1);
}

/// The subcommand that the line names, as deep as it goes.
CLI::App& chosen(CLI::App& app) {
  const auto below = app.get_subcommands();
  return below.empty() ? app : chosen(*below.front());
}

/// "train: ", and nothing for the program itself.
std::string prefix(const CLI::App& app) {
  if (app.get_parent() == nullptr) return "";
  std::string name = app.get_name();
  for (const CLI::App* up = app.get_parent(); up->get_parent() != nullptr; up = up->get_parent())
    name.insert(0, up->get_name() + " ");
  return name + ": ";
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

/// As a file has them.
std::vector<std::string> configurable_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    if (option->get_configurable())
      names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
  return names;
}

std::vector<std::string> subcommand_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* child : app.get_subcommands(nullptr)) names.push_back(child->get_name());
  return names;
}

/// The nearest one; the list of all is too long for a line.
std::string near_option(const std::string& name, const std::vector<std::string>& known) {
  const std::string nearest = suggestion(name, known);
  return nearest.starts_with(" (did you mean") ? nearest : " (see --help)";
}

/// Options of a subcommand as a file holds them, without the dashes. The command line counts more.
class ConfigFile : public CLI::ConfigBase {
 public:
  explicit ConfigFile(CLI::App& root) : root_(root) {}

  /// Called when the line is read. Hands the values out itself, so that errors name the file.
  std::vector<CLI::ConfigItem> from_config(std::istream& in) const override {
    CLI::App& app = chosen(root_);
    if (app.get_help_ptr()->count() != 0) return {};
    const std::string& file = root_.get_config_ptr()->results().back();
    std::set<std::string> names;
    for (const ConfigEntry& entry : read_config(in, file)) {
      try {
        if (!names.insert(entry.name).second)
          throw InputError(text("'", entry.name, "' is there twice (a list: [\"a\", \"b\"])"));
        hand_out(entry, app);
      } catch (const InputError& error) {
        throw InputError(text(file, ":", entry.line, ": ", error.what()));
      }
    }
    return {};
  }

 private:
  static void hand_out(const ConfigEntry& entry, CLI::App& app) {
    CLI::Option* option = app.get_option_no_throw("--" + entry.name);
    if (option == nullptr || !option->get_configurable())
      throw InputError(text(prefix(app), "unknown option '", entry.name, "'",
                            near_option(entry.name, configurable_names(app))));
    if (!option->empty()) return;
    const std::string value = joined(entry.values, ",");
    const bool is_flag = option->get_expected_min() == 0;
    if (is_flag && value != "true" && value != "false")
      throw InputError(
          text("--", entry.name, ": true or false is expected, '", value, "' was given"));
    if (option->get_multi_option_policy() == CLI::MultiOptionPolicy::TakeAll)
      option->add_result(entry.values);
    else
      option->add_result(value);
    option->run_callback();
  }

  CLI::App& root_;
};

/// What the parser did not know comes first: where a name is misspelt, it misses the right one.
std::string message_for(CLI::App& root, const CLI::ParseError& error) {
  const CLI::App& app = chosen(root);
  const auto names = subcommand_names(app);
  for (const std::string& unknown : root.remaining(/*recurse=*/true)) {
    const std::string name = unknown.substr(0, unknown.find('='));
    if (name.starts_with('-'))
      return text(prefix(app), "unknown option '", name, "'", near_option(name, option_names(app)));
    if (!names.empty())
      return text(prefix(app), "unknown subcommand '", name, "'", suggestion(name, names));
    return text(prefix(app), "did not expect '", unknown, "' (see --help)");
  }
  if (!names.empty())
    return text(prefix(app), "a subcommand is expected (known: ", joined(names), ")");
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const std::string what = error.what();
    return text(prefix(app), what.substr(0, what.find(':')), ": ", no_value);
  }
  const bool of_file = dynamic_cast<const CLI::FileError*>(&error) != nullptr;
  return text(prefix(app), of_file ? text(config_name, ": ") : "", error.what());
}

bool takes_value(const Commands& commands, const std::string& name) {
  return std::ranges::any_of(commands, [&](const auto& command) {
    const CLI::Option* option = command.first->get_option_no_throw(name);
    return option != nullptr && option->get_expected_min() > 0;
  });
}

/// From the last to the first, as the parser takes them. Of `--name=` it would take the next word
/// for the value: here the empty one is a word of its own.
std::vector<std::string> words_from_the_last(int argc, const char* const* argv,
                                             const Commands& commands) {
  std::vector<std::string> words;
  for (int i = 1; i < argc; ++i) {
    words.emplace_back(argv[i]);
    const std::size_t equals = words.back().find('=');
    if (equals + 1 != words.back().size() || !takes_value(commands, words.back().substr(0, equals)))
      continue;
    words.back().pop_back();
    words.emplace_back();
  }
  std::ranges::reverse(words);
  return words;
}

}  // namespace

void Options::add(const Row& row, std::function<void(const std::string&)> take) {
  const auto callback = [name = row.name, take = std::move(take)](const CLI::results_t& results) {
    try {
      for (const std::string& result : results) {
        if (result.empty()) throw InputError(no_value);
        take(result);
      }
    } catch (const InputError& error) {
      throw InputError(text(name, ": ", error.what()));
    }
    return true;
  };
  CLI::Option* option = app_.add_option(row.name, callback, row.help);
  option->type_name(row.unit)->default_str(row.standard)->required(row.need == Need::required);
  option->multi_option_policy(row.repeated ? CLI::MultiOptionPolicy::TakeAll
                                           : CLI::MultiOptionPolicy::TakeLast);
}

void Options::count(const std::string& name, std::size_t& variable, const std::string& help) {
  add({name, "N", shown(variable), help, Need::optional},
      [&variable](const std::string& text) { variable = parsed_count(text); });
}

void Options::flag(const std::string& name, bool& variable, const std::string& help) {
  app_.add_flag(name, variable, help);
}

void Options::argument(const std::string& name, std::string& variable, const std::string& help) {
  app_.add_option(name, variable, help)->type_name("");
}

Request read_command_line(int argc, const char* const* argv, Common& common,
                          const std::vector<Subcommand>& subcommands) {
  const Subcommand program{.name = "ravine", .summary = "", .children = subcommands};
  CLI::App root{
      "Trains small neural networks on the CPU, and tells you which optimizer to use and why."};
  root.name(program.name);
  root.formatter(std::make_shared<HelpFormatter>());
  root.set_version_flag("--version", text("ravine ", version));
  Commands commands;
  declare(root, common, program, commands);
  root.config_formatter(std::make_shared<ConfigFile>(root));
  try {
    root.parse(words_from_the_last(argc, argv, commands));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != 0) throw InputError(message_for(root, error));
    std::ostringstream page;
    root.exit(error, page, page);
    return {.page = page.str(), .run = {}};
  }
  if (common.threads > most_threads)
    throw InputError(
        text("--threads: must be at most ", most_threads, ", ", common.threads, " was given"));
  const CLI::App* app = &chosen(root);
  const auto found = std::ranges::find(commands, app, &Commands::value_type::first);
  return {.page = "", .run = found->second->run};
}

}  // namespace ravine::apps
