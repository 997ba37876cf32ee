#include "ravine/report/page.hpp"

#include <array>
#include <utility>

#include "ravine/report/page_assets.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

std::string html_escaped(std::string_view words) {
  std::string html;
  for (const char c : words) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

/// JSON has "<" in strings alone. There it could end the script that holds the JSON.
std::string script_safe(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  }
  return safe;
}

/// What stands between backticks is code.
std::string line_html(std::string_view line) {
  const std::vector<std::string_view> parts = split(line, '`');
  if (parts.size() % 2 == 0) return html_escaped(line);
  std::string html;
  for (std::size_t i = 0; i < parts.size(); ++i)
    html += i % 2 == 0 ? html_escaped(parts[i]) : "<code>" + html_escaped(parts[i]) + "</code>";
  return html;
}

std::string paragraphs(std::string_view words) {
  std::string html;
  for (const std::string_view line : split(words, '\n'))
    if (!trimmed(line).empty()) html += "<p>" + line_html(trimmed(line)) + "</p>\n";
  return html;
}

std::string sections_html(const std::vector<PageSection>& sections) {
  std::string html;
  for (const PageSection& section : sections)
    html += "<section>\n<h2>" + html_escaped(section.heading) + "</h2>\n" +
            paragraphs(section.text) + "</section>\n";
  return html;
}

using Place = std::pair<std::string_view, std::string_view>;

/// The template with {{name}} replaced, once: what is put in may hold braces of its own.
template <std::size_t N>
std::string filled(std::string_view form, const std::array<Place, N>& places) {
  std::string html;
  for (std::size_t open = 0; (open = form.find("{{")) != std::string_view::npos;) {
    const std::size_t close = form.find("}}", open);
    const std::string_view name = form.substr(open + 2, close - open - 2);
    html += form.substr(0, open);
    for (const auto& [place, content] : places)
      if (place == name) html += content;
    form.remove_prefix(close + 2);
  }
  return html += form;
}

}  // namespace

std::string html_page(const Page& page) {
  const std::string title = html_escaped(page.title);
  const std::string subtitle =
      page.subtitle.empty() ? ""
                            : "<p class=\"subtitle\">" + html_escaped(page.subtitle) + "</p>\n";
  const std::string summary = paragraphs(page.summary);
  const std::string sections = sections_html(page.sections);
  const std::string results = script_safe(page.results);
  return filled(page::html, std::array<Place, 10>{{{"title", title},
                                                   {"subtitle", subtitle},
                                                   {"summary", summary},
                                                   {"sections", sections},
                                                   {"results", results},
                                                   {"css", page::css},
                                                   {"vega_modules", page::vega_modules},
                                                   {"vega", page::vega_js},
                                                   {"charts", page::charts_js},
                                                   {"script", page.script}}});
}

}  // namespace ravine::report
