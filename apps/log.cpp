#include "log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "ravine/report/one_line.hpp"

namespace ravine::apps::log {

using report::one_line;

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
