#pragma once

#include <filesystem>

#include "command_line.hpp"
#include "ravine/report/exhibit.hpp"

namespace ravine::apps {

/// How an experiment of the lab is shown: a table, --json, --csv, and a page besides.
struct ShowChoice {
  bool csv = false;
  std::filesystem::path report = {};
};

/// `csv` says what its rows are where they are not all the numbers.
void declare(Options& options, ShowChoice& choice,
             const std::string& csv = "the numbers of the run as CSV");
/// Before the work. Throws InputError for --csv with --json, IoError where no page could be
/// written.
void check(const ShowChoice& choice, const Common& common);
/// Writes the page and prints the rest.
void show(const report::Exhibit& exhibit, const ShowChoice& choice, const Common& common);

}  // namespace ravine::apps
