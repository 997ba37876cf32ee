#pragma once

#include <string>

#include "ravine/report/lab/spectrum.hpp"

namespace ravine::report {

/// What `ravine lab spectrum --json` prints.
std::string spectrum_json(const SpectrumStudy& study);

}  // namespace ravine::report
