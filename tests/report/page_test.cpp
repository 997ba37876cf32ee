#include "ravine/report/page.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "data/files.hpp"
#include "ravine/report/comparison_page.hpp"
#include "support/browser.hpp"

namespace ravine::report {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    found.push_back(at->str());
  return found;
}

std::string results() {
  return data::testing::content_of(RAVINE_TEST_DATA "/report/page_results.json");
}

/// A page without the scripts, in which much may stand that looks like HTML.
std::string without_scripts(const std::string& html) {
  std::string rest;
  std::size_t from = 0;
  for (std::size_t at = 0; (at = html.find("<script", from)) != html.npos;) {
    rest += html.substr(from, at - from);
    from = html.find("</script>", at);
  }
  return rest + html.substr(from);
}

TEST(Page, HasItsWordsEscaped) {
  const std::string html =
      html_page({.title = "a & <b>", .summary = "\"1 < 2\"", .sections = {{"<h>", "x > y"}}});
  EXPECT_THAT(
      html, AllOf(HasSubstr("<title>a &amp; &lt;b&gt;</title>"),
                  HasSubstr("<h1>a &amp; &lt;b&gt;</h1>"), HasSubstr("<p>&quot;1 &lt; 2&quot;</p>"),
                  HasSubstr("<h2>&lt;h&gt;</h2>\n<p>x &gt; y</p>")));
}

TEST(Page, HasAParagraphALine) {
  const std::string html = html_page({.title = "t", .summary = "One.\n\n  Two.\n"});
  EXPECT_THAT(html, HasSubstr("<div id=\"summary\">\n<p>One.</p>\n<p>Two.</p>\n</div>"));
}

TEST(Page, MarksCode) {
  EXPECT_THAT(html_page({.title = "t", .summary = "Use `a < b` or `c`."}),
              HasSubstr("<p>Use <code>a &lt; b</code> or <code>c</code>.</p>"));
  EXPECT_THAT(html_page({.title = "t", .summary = "One ` alone."}),
              HasSubstr("<p>One ` alone.</p>"));
}

TEST(Page, KeepsWhatLooksLikeAPlaceToFill) {
  const std::string html = html_page(
      {.title = "{{css}}", .summary = "s", .script = "const x = '{{title}}';", .results = "{}"});
  EXPECT_THAT(html, AllOf(HasSubstr("<h1>{{css}}</h1>"), HasSubstr("const x = '{{title}}';")));
}

TEST(Page, ResultsCannotEndTheirScript) {
  const std::string json = R"({"name":"</script><!--<script>"})";
  const std::string html = html_page({.title = "t", .summary = "s", .results = json});
  const std::string data{test::part_of(html, "id=\"results\">\n", "</script>")};
  EXPECT_THAT(data, Not(HasSubstr("<!--")));
  const std::size_t begin = data.find('{');
  EXPECT_EQ(nlohmann::json::parse(data.substr(begin, data.rfind('}') + 1 - begin)),
            nlohmann::json::parse(json));
}

TEST(Page, NoScriptEndsAnother) {
  const std::string html = comparison_page(results());
  // The results, the charting library and its start, what pages have in common, the page's own.
  EXPECT_THAT(matches(html, "</script"), SizeIs(5));
  EXPECT_THAT(matches(html, "<script"), SizeIs(5));
}

TEST(Page, RefersToNoOtherFile) {
  const std::string html = comparison_page(results());
  EXPECT_THAT(matches(without_scripts(html), "https?:"), IsEmpty());
  EXPECT_THAT(matches(without_scripts(html), " (src|href)=\"(?!data:)"), IsEmpty());
  EXPECT_THAT(matches(without_scripts(html), "url\\(|@import"), IsEmpty());
  EXPECT_THAT(html, AllOf(Not(HasSubstr("sourceMappingURL")), HasSubstr("default-src 'none'")));
}

TEST(Page, CarriesTheLicenceOfTheChartingLibrary) {
  EXPECT_THAT(comparison_page(results()), HasSubstr("University of Washington"));
}

TEST(ComparisonPage, SaysWhatItComesToWithoutJavaScript) {
  const std::string html = without_scripts(comparison_page(results()));
  EXPECT_THAT(html,
              AllOf(HasSubstr("<p>adam is best on 1 of 2 datasets &amp; sgd on the other."),
                    HasSubstr("<h2>digits</h2>\n<p>adam is ahead of sgd on digits by 0.0188."),
                    HasSubstr("<h2>a&amp;b&lt;/script&gt;&lt;!--&lt;b&gt;.csv</h2>"),
                    HasSubstr("<noscript>")));
}

TEST(ComparisonPage, DoesNotRepeatWhatTheSummarySays) {
  auto json = nlohmann::json::parse(results());
  json["summary"] = json["data"][0]["summary"];
  const std::string html = without_scripts(comparison_page(json.dump()));
  EXPECT_THAT(matches(html, "adam is ahead of sgd"), SizeIs(1));
  EXPECT_THAT(html, HasSubstr("sgd alone finished"));
}

}  // namespace
}  // namespace ravine::report
