#pragma once

#include <cstddef>
#include <string>

#include "ravine/lab/spectrum.hpp"

namespace ravine::report {

/// What a bar shows beside how far the work is.
struct SpectrumBarContext {
  double seconds;            // since this part of the work began
  std::size_t columns = 80;  // of the terminal
  bool colour = false;
};

/// Products with the Hessian, or the steps of a run, in one line that fits the terminal, without
/// its end, and the time that the part under way will still take at most.
std::string spectrum_bar(const lab::SpectrumProgress& progress, const SpectrumBarContext& context);

}  // namespace ravine::report
