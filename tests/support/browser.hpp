#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::test {

/// Whether Debian's Chromium is installed; where the variable CI is set, it is a failure if not.
/// `if (!browser_is_there()) GTEST_SKIP() << "apt-get install chromium";`
bool browser_is_there();

struct VisitOptions {
  std::size_t width = 1200;  ///< of the page, in CSS pixels
  bool dark = false;
  bool touch = false;  ///< by a finger, not a mouse
  /// JavaScript that runs as part of the page when it is drawn; it may `await wait(milliseconds)`.
  std::string reader = {};
};

/// What became of a page in the browser.
struct Visit {
  std::string dom;                   ///< the page's elements in the end
  std::vector<std::string> console;  ///< all that it logged there, errors among it
  std::vector<std::string> fetched;  ///< what it asked the network for, in vain
};

/// Opens a page, an HTML file, in Chromium without a window or a network.
Visit visit(std::string_view html, const VisitOptions& options = {});

/// The same of a page that must log nothing and ask the network for nothing.
Visit quiet_visit(std::string_view html, const VisitOptions& options = {});

/// The elements from the first that starts with `opening` to the next `closing`, both included;
/// empty where there are none. Counted from `from` on.
std::string_view part_of(std::string_view dom, std::string_view opening, std::string_view closing,
                         std::size_t from = 0);

/// The figure with a title, from its heading on.
std::string_view figure_of(std::string_view dom, std::string_view title);

/// Of marks drawn by Vega: the aria-labels of those that have the name.
std::vector<std::string> labels_of(std::string_view figure, std::string_view name);

struct Place {
  double x;
  double y;
};
/// Where the mark with a label stands in its chart, in pixels from the top left. Throws
/// std::out_of_range where there is none.
Place place_of(std::string_view figure, std::string_view label);

}  // namespace ravine::test
