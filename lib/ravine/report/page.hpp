#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ravine::report {

/// A part of a page, in which the page's script draws figures below the text.
struct PageSection {
  std::string heading;
  std::string text;  ///< paragraphs, a line each; `code` between backticks
};

/// What a page says: in words, which are read without JavaScript, too, and in figures that a script
/// draws of the results.
struct Page {
  std::string title;
  std::string subtitle = {};  ///< what it is of, a line; none where empty
  std::string summary;        ///< paragraphs, a line each; `code` between backticks
  std::vector<PageSection> sections = {};
  std::string_view script = {};   ///< its own, after those that all pages have
  std::string_view results = {};  ///< JSON
};

/// The page as one HTML file that needs no other, from nowhere.
std::string html_page(const Page& page);

}  // namespace ravine::report
