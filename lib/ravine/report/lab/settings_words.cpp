#include "ravine/report/lab/settings_words.hpp"

#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {

std::string words_of(const lab::MomentumSettings& settings) {
  const std::string rule = settings.momentum == 0
                               ? "gradient descent"
                               : text("momentum ", significant(settings.momentum, 4));
  return text(rule, " at learning rate ", significant(settings.lr, 4));
}

}  // namespace ravine::report
