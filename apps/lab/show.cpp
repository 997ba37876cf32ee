#include "lab/show.hpp"

#include "output.hpp"
#include "ravine/report/whole_file.hpp"
#include "ravine/tensor/error.hpp"

namespace ravine::apps {

void declare(Options& options, ShowChoice& choice, const std::string& csv) {
  options.flag("--csv", choice.csv, csv);
  options.value("--report", "FILE.html", choice.report,
                "a page with figures, which opens offline (none is written)");
}

void check(const ShowChoice& choice, const Common& common) {
  if (choice.csv && common.json) throw InputError("--csv and --json exclude each other (give one)");
  if (!choice.report.empty()) report::require_writable(choice.report);
}

void show(const report::Exhibit& exhibit, const ShowChoice& choice, const Common& common) {
  if (!choice.report.empty())
    report::write_whole_file(choice.report, report::exhibit_page(exhibit));
  if (choice.csv)
    print(report::exhibit_csv(exhibit));
  else
    print(common.json ? exhibit.json : report::exhibit_text(exhibit));
}

}  // namespace ravine::apps
