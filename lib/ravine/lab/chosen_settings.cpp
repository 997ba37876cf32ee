#include "ravine/lab/chosen_settings.hpp"

#include "ravine/lab/best_settings.hpp"

namespace ravine::lab {

double best_lr(double momentum, double smallest, double largest) {
  return 2 * (1 + momentum) / (smallest + largest);
}

MomentumSettings chosen_settings(const SettingsChoice& choice, double smallest, double largest) {
  if (choice.lr) return {.lr = *choice.lr, .momentum = choice.momentum.value_or(0)};
  if (!choice.momentum) return best_momentum(smallest, largest).settings;
  return {.lr = best_lr(*choice.momentum, smallest, largest), .momentum = *choice.momentum};
}

}  // namespace ravine::lab
