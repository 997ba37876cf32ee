#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ravine/compare/problem.hpp"
#include "ravine/compare/sweep.hpp"

namespace ravine::report {

/// A run and whose it is, as a line of a journal keeps it.
struct RunRecord {
  std::string data;       ///< the dataset's name
  std::string optimizer;  ///< the contender as text, such as `adam:beta1=0.9`
  bool fresh = false;     ///< or a trial
  compare::Run run;
};

/// One line of JSON, ended. Numbers read back as they were; NaN is written as null.
std::string record_line(const RunRecord& record);
/// Reads such a line. Throws InputError.
RunRecord parse_record(std::string_view line);

/// The records sorted into the entries of a sweep; of a run that is there twice, the first. Throws
/// InputError for one whose dataset or optimizer takes no part.
compare::Runs runs_of_entries(std::span<const RunRecord> records,
                              std::span<const compare::DataFacts> facts,
                              std::span<const compare::Contender> contenders);

}  // namespace ravine::report
