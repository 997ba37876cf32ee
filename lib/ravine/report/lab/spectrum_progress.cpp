#include "ravine/report/lab/spectrum_progress.hpp"

#include <algorithm>

#include "ravine/report/bar.hpp"
#include "ravine/report/lab/spectrum_words.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

std::string label_of(const lab::SpectrumProgress& progress) {
  using Part = lab::SpectrumProgress::Part;
  const std::string count = text(grouped(progress.done), " of at most ", grouped(progress.most));
  if (progress.part == Part::curvature) return "curvature at the start, product " + count;
  return text(progress.part == Part::descent ? descent_label : momentum_label(), ", step ", count);
}

}  // namespace

std::string spectrum_bar(const lab::SpectrumProgress& progress, const SpectrumBarContext& context) {
  const double share = static_cast<double>(progress.done) / static_cast<double>(progress.most);
  const std::string label = label_of(progress);
  // Before the first step is over there is nothing to tell the time from.
  const std::string left =
      progress.done == 0 ? "" : text(clock_time(context.seconds * (1 - share) / share), " left");
  constexpr std::size_t widest = 24;
  constexpr std::size_t gaps = 5;  // two before and after the bar, and the last column
  const std::size_t taken = label.size() + left.size() + gaps;
  if (taken + 1 > context.columns) return (label + "  " + left).substr(0, context.columns - 1);
  const std::size_t width = std::min(widest, context.columns - taken);
  return label + "  " + bar(share, width, context.colour) + "  " + left;
}

}  // namespace ravine::report
