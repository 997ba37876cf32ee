#pragma once

#include <string>
#include <vector>

#include "ravine/report/figure.hpp"
#include "ravine/report/table.hpp"

namespace ravine::report {

struct TitledTable {
  std::string title;
  Table table;
};

/// What an experiment of the lab has to show, whichever way it is asked for.
struct Exhibit {
  std::string title;     ///< of the page
  std::string findings;  ///< sentences, a paragraph a line: what is predicted and what was measured
  std::vector<TitledTable> tables;  ///< the first one's title says what all is of
  std::string json;                 ///< what --json prints, one document
  Table csv;  ///< the numbers of the run, with as many digits as read back (`exact`)
  std::vector<Figure> figures;
};

/// Tables, with the findings under them.
std::string exhibit_text(const Exhibit& exhibit);
/// A header line, then a line a row.
std::string exhibit_csv(const Exhibit& exhibit);
/// As one HTML file: the first table's title and the findings, that table, figures, other tables.
std::string exhibit_page(const Exhibit& exhibit);

}  // namespace ravine::report
