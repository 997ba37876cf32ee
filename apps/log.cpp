#include "log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <string>

namespace ravine::apps::log {
namespace {

/// Names of files and cells of tables come from outside, and may hold line ends and the sequences
/// that drive a terminal.
std::string one_line(std::string_view message) {
  std::string result(message);
  for (char& c : result)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') c = '?';
  return result;
}

}  // namespace

void start() {
  auto logger =
      std::make_shared<spdlog::logger>("ravine", std::make_shared<spdlog::sinks::stderr_sink_st>());
  logger->set_pattern("ravine: %l: %v");
  logger->set_level(spdlog::level::warn);
  spdlog::set_default_logger(std::move(logger));
}

void show_details() { spdlog::set_level(spdlog::level::debug); }

void detail(std::string_view message) { spdlog::debug("{}", one_line(message)); }
void warning(std::string_view message) { spdlog::warn("{}", one_line(message)); }
void error(std::string_view message) { spdlog::error("{}", one_line(message)); }

}  // namespace ravine::apps::log
