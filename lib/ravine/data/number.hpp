#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ravine::data {

/// The number that a cell spells, blanks around it aside; none for a word, nan or inf.
std::optional<double> parse_number(std::string_view cell);

/// Whether a cell says that there is no value: blank, or one of the usual words (NA, n/a, nan,
/// null, none, ?, -, inf) in any case.
bool is_missing(std::string_view cell);

/// The shortest decimal that reads back as the same number: 1 for 1.0.
std::string printed(double number);

}  // namespace ravine::data
