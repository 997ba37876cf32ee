#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "goals.hpp"
#include "race.hpp"
#include "ravine/report/table.hpp"

namespace ravine::benchmarks {

/// A heading with what stands under it.
struct Section {
  std::string title;
  std::string prose;
  report::Table table;
};

/// Of the goals, each with what was measured.
Section goals_section(const std::vector<Goal>& goals);
/// Of the works, a row for every program: its speed, and how it stands to the floor and to ravine.
Section works_section(const std::vector<Race>& races);
/// Of the optimizers, a row for each.
Section updates_section(const std::vector<Race>& races);
/// Of what a process takes as a whole.
Section processes_section(const std::vector<Race>& races);

/// For a terminal.
std::string plain(const std::vector<Section>& sections);
/// For docs/benchmarks.md; sections without rows are left out in both.
std::string markdown(const std::vector<Section>& sections);

}  // namespace ravine::benchmarks
