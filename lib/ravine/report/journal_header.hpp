#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/compare/problem.hpp"
#include "ravine/compare/protocol.hpp"

namespace ravine::report {

/// What the runs of a journal depend on, as its first line, without its end: the version, the
/// options and the data. The target is left out: it decides what is said of the runs, not what they
/// come to.
std::string journal_header(const compare::Options& options,
                           std::span<const compare::DataFacts> facts);

/// What such a header says of the data. Throws InputError for one that is none; `path` is where it
/// stands.
std::vector<compare::DataFacts> facts_of_header(const std::filesystem::path& path,
                                                std::string_view header);

/// Throws InputError, naming what differs first and both values, unless the journal at `path`,
/// which begins with the header `found`, was made with `own`.
void check_same_protocol(const std::filesystem::path& path, std::string_view own,
                         std::string_view found);

}  // namespace ravine::report
