#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/compare/problem.hpp"
#include "ravine/compare/protocol.hpp"
#include "ravine/data/datasets.hpp"
#include "ravine/report/environment.hpp"

namespace ravine::report {

/// Where runs are made.
struct MadeOn {
  Environment environment;
  std::size_t jobs = 1;  ///< side by side

  /// Whether runs of both have the same bits and comparable times.
  bool is_like(const MadeOn& other) const;
};

/// What the runs of a journal depend on, as its first line, without its end: the version, the
/// options, how data are read, the data, and the machine. The target is left out: it decides what
/// is said of the runs, not what they come to.
std::string journal_header(const compare::Options& options, const data::LoadOptions& reading,
                           std::span<const compare::DataFacts> facts, const MadeOn& made_on);

/// What such a header says of the machine. Throws InputError as `facts_of_header`.
MadeOn made_on_of_header(const std::filesystem::path& path, std::string_view header);

/// What such a header says of the data. Throws InputError for one that is none; `path` is where it
/// stands.
std::vector<compare::DataFacts> facts_of_header(const std::filesystem::path& path,
                                                std::string_view header);

/// The names of data, as they were asked for.
std::vector<std::string> names_of(std::span<const compare::DataFacts> facts);

/// Throws InputError, naming what differs first and both values, unless the journal at `path`,
/// which begins with the header `found`, was made with `own`, on whatever machine.
void check_same_protocol(const std::filesystem::path& path, std::string_view own,
                         std::string_view found);

}  // namespace ravine::report
