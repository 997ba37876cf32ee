#include "support/browser.hpp"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <stdexcept>

#include "data/files.hpp"
#include "ravine/tensor/text.hpp"
#include "support/process.hpp"

namespace ravine::test {
namespace {

namespace fs = std::filesystem;
constexpr const char* chromium = "/usr/bin/chromium";

/// Chromium's window cannot be as narrow as a phone, a frame in it can. In the end the page in the
/// frame takes the place of what is around it.
std::string framed(std::size_t width) {
  return text("<!DOCTYPE html><iframe src='page.html' width='", width,
              "' height='844' style='border: 0'></iframe><script>setTimeout(() => {"
              "const page = document.querySelector('iframe').contentDocument.documentElement;"
              "document.documentElement.replaceWith(page.cloneNode(true)); }, 6000);</script>");
}

std::string with_reader(std::string_view html, const std::string& script) {
  const std::size_t end = html.rfind("</body>");
  return text(html.substr(0, end),
              "<script>(async () => {"
              "const wait = (time) => new Promise((done) => setTimeout(done, time));"
              "await wait(1000);",
              script, "})();</script>", html.substr(end));
}

/// Lines as `[...:INFO:CONSOLE:12] "message", source: ...`.
std::vector<std::string> console_of(const std::string& log) {
  std::vector<std::string> messages;
  std::istringstream lines(log);
  for (std::string line; std::getline(lines, line);)
    if (line.find(":CONSOLE") != std::string::npos) messages.push_back(line);
  return messages;
}

/// Requests that a page is the origin of: the browser has some of its own.
std::vector<std::string> fetched_in(const fs::path& network_log) {
  std::ifstream in(network_log);
  const auto log = nlohmann::json::parse(in);
  const auto& start = log.at("constants").at("logEventTypes").at("URL_REQUEST_START_JOB");
  std::vector<std::string> urls;
  for (const auto& event : log.at("events")) {
    if (event.at("type") != start || !event.contains("params")) continue;
    const auto& request = event["params"];
    const std::string url = request.value("url", "");
    if (url.starts_with("http") && request.value("initiator", "") != "not an origin")
      urls.push_back(url);
  }
  return urls;
}

}  // namespace

bool browser_is_there() {
  const bool there = fs::exists(chromium);
  if (!there && std::getenv("CI") != nullptr)
    ADD_FAILURE() << chromium << " is not there, and CI is set";
  return there;
}

Visit visit(std::string_view html, const VisitOptions& options) {
  constexpr std::size_t narrowest = 500;
  const data::testing::Folder folder;
  fs::path page = folder.write("page.html", with_reader(html, options.reader));
  if (options.width < narrowest) page = folder.write("frame.html", framed(options.width));
  const fs::path network_log = folder.path() / "network.json";
  const Process browser = run_process(
      "/usr/bin/timeout", {"120",
                           chromium,
                           "--headless",
                           "--no-sandbox",
                           "--disable-gpu",
                           "--hide-scrollbars",
                           "--no-first-run",
                           "--disable-background-networking",
                           "--disable-component-update",
                           "--disable-sync",
                           "--host-resolver-rules=MAP * ~NOTFOUND",
                           "--allow-file-access-from-files",
                           "--user-data-dir=" + (folder.path() / "profile").string(),
                           "--log-net-log=" + network_log.string(),
                           "--enable-logging=stderr",
                           text("--blink-settings=preferredColorScheme=", options.dark ? 0 : 1,
                                ",primaryPointerType=", options.touch ? 2 : 4),
                           text("--window-size=", std::max(options.width, narrowest), ",900"),
                           "--virtual-time-budget=10000",
                           "--dump-dom",
                           "file://" + page.string()});
  if (browser.status != 0)
    throw std::runtime_error(text("chromium returned ", browser.status, ": ", browser.err));
  return {
      .dom = browser.out, .console = console_of(browser.err), .fetched = fetched_in(network_log)};
}

Visit quiet_visit(std::string_view html, const VisitOptions& options) {
  Visit seen = visit(html, options);
  EXPECT_THAT(seen.console, testing::IsEmpty());
  EXPECT_THAT(seen.fetched, testing::IsEmpty());
  return seen;
}

std::string_view part_of(std::string_view dom, std::string_view opening, std::string_view closing,
                         std::size_t from) {
  const std::size_t begin = dom.find(opening, from);
  if (begin == dom.npos) return {};
  const std::size_t end = dom.find(closing, begin);
  return end == dom.npos ? std::string_view{} : dom.substr(begin, end + closing.size() - begin);
}

std::string_view figure_of(std::string_view dom, std::string_view title) {
  return part_of(dom, text("<h3>", title, "</h3>"), "</figure>");
}

std::vector<std::string> labels_of(std::string_view figure, std::string_view name) {
  constexpr std::string_view attribute = "aria-label=\"";
  const std::string opening = text(" role-mark ", name, "\"");
  std::vector<std::string> labels;
  // Lines stand in a group a series each, other marks in one.
  for (std::size_t group = 0; (group = figure.find(opening, group)) != figure.npos; ++group) {
    const std::string_view marks = figure.substr(group, figure.find("</g>", group) - group);
    for (std::size_t at = 0; (at = marks.find(attribute, at)) != marks.npos;) {
      at += attribute.size();
      labels.emplace_back(marks.substr(at, marks.find('"', at) - at));
    }
  }
  return labels;
}

Place place_of(std::string_view figure, std::string_view label) {
  constexpr std::string_view move = "translate(";
  const std::string_view mark = part_of(figure, text("aria-label=\"", label, "\""), ">");
  const std::size_t at = mark.find(move);
  if (at == mark.npos) throw std::out_of_range(text("no mark is labelled '", label, "'"));
  std::istringstream numbers{std::string(mark.substr(at + move.size()))};
  Place place{};
  char comma = 0;
  numbers >> place.x >> comma >> place.y;
  return place;
}

}  // namespace ravine::test
