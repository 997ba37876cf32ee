#pragma once

#include <string>
#include <vector>

#include "ravine/optim/field.hpp"

// What the pages of optimizers and schedules have in common.

namespace ravine::report {

/// Each line four columns to the right.
std::string indented(const std::string& lines);
/// A table of fields: name, default, range and meaning, under the title that the names have.
std::string fields_text(const std::string& title, const std::vector<optim::FieldInfo>& fields);

}  // namespace ravine::report
