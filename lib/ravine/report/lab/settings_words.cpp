#include "ravine/report/lab/settings_words.hpp"

#include <cmath>

#include "ravine/lab/modes.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {

std::string words_of(const lab::MomentumSettings& settings) {
  const std::string rule = settings.momentum == 0
                               ? "gradient descent"
                               : text("momentum ", factor_text(settings.momentum));
  return text(rule, " at learning rate ", significant(settings.lr));
}

std::string factor_text(double factor) {
  constexpr double shown = 0.0005;
  const double off = factor - 1;
  if (std::abs(off) >= shown || lab::is_at_rest(factor)) return significant(factor);
  return text(off < 0 ? "1−" : "1+", significant(std::abs(off), 2));
}

}  // namespace ravine::report
