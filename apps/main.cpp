#include <filesystem>
#include <new>

#include "command_line.hpp"
#include "compute.hpp"
#include "log.hpp"
#include "output.hpp"
#include "plugins.hpp"
#include "ravine/data/catalog.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/threads.hpp"
#include "subcommands.hpp"

namespace ravine::apps {
namespace {

enum ExitStatus { done = 0, work_failed = 1, request_was_wrong = 2 };

/// An installation may have been moved: its data are found from where the program is.
void find_shipped_data() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto installed = program.parent_path() / RAVINE_DATASETS_FROM_PROGRAM;
  if (!error && std::filesystem::is_directory(installed, error))
    data::set_shipped_directory(installed.lexically_normal());
}

int run(int argc, const char* const* argv) {
  find_shipped_data();
  Common common{.threads = usable_cores()};
  const Request request = read_command_line(
      argc, argv, common,
      {train_subcommand(common), evaluate_subcommand(common), predict_subcommand(common),
       compare_subcommand(common), lr_find_subcommand(common), optimizers_subcommand(common),
       schedules_subcommand(common), data_subcommand(common), lab_subcommand(common),
       doctor_subcommand(common)});
  if (!request.run) {
    print(request.page);
    return done;
  }
  if (common.verbose) log::show_details();
  for (const std::filesystem::path& plugin : common.plugins) load_plugin(plugin);
  return request.run();
}

/// What was thrown becomes one line and a status.
int run_guarded(int argc, const char* const* argv) {
  try {
    return run(argc, argv);
  } catch (const InputError& error) {
    log::error(error.what());
    return request_was_wrong;
  } catch (const std::bad_alloc&) {
    log::error("there is not enough memory for this (try a smaller model or batch)");
  } catch (const std::exception& error) {
    log::error(error.what());
  }
  return work_failed;
}

}  // namespace
}  // namespace ravine::apps

int main(int argc, char** argv) {
  ravine::apps::guard_streams();
  ravine::apps::log::start();
  return ravine::apps::run_guarded(argc, argv);
}
