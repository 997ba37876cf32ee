#pragma once

#include <algorithm>
#include <limits>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A drop when the validation loss no longer falls: PyTorch's ReduceLROnPlateau with mode "min" and
/// threshold_mode "rel", but for its `eps`: no drop is too small.
struct Plateau {
  double factor = 0.1, patience = 10, threshold = 1e-4, cooldown = 0, min_lr = 0;
  // The largest number stands for no loss yet: unlike infinity, every format can hold it.
  double best = std::numeric_limits<double>::max(), bad_epochs = 0, cooldown_left = 0, scale = 1;

  static constexpr About about{
      .name = "plateau",
      .summary = "the rate drops when the validation loss no longer falls",
      .formula =
          "lr = max(lr factorⁿ, min_lr)        n = drops so far\n"
          "a drop: more than patience epochs without a loss < best (1 − threshold)",
      .reference =
          "He et al. (2016), Deep Residual Learning for Image Recognition, CVPR, section 3.4"};
  static constexpr Field<Plateau> fields[] = {
      factor_field(&Plateau::factor, Range{.high = 1, .has_low = false},
                   "what the rate is multiplied by at a drop"),
      {"patience", &Plateau::patience, count_or_none, "bad epochs that are borne with"},
      {"threshold", &Plateau::threshold, share, "the fall that counts, as a share of the best"},
      {"cooldown", &Plateau::cooldown, count_or_none, "epochs after a drop that cannot be bad"},
      min_lr_field(&Plateau::min_lr)};
  static constexpr Field<Plateau> running[] = {
      {"best", &Plateau::best, Range{.low = -std::numeric_limits<double>::infinity()},
       "the smallest loss that counted"},
      {"bad_epochs", &Plateau::bad_epochs, count_or_none, "in a row"},
      {"cooldown_left", &Plateau::cooldown_left, count_or_none, "epochs that cannot be bad"},
      {"scale", &Plateau::scale, share, "what the base rate is multiplied by now"}};

  double at(double base, Moment) const { return std::max(base * scale, std::min(base, min_lr)); }

  /// Takes the validation loss of an epoch.
  void observe(double loss) {
    const bool better = loss < best * (1 - threshold);
    if (better) best = loss;
    bad_epochs = better || cooldown_left > 0 ? 0 : bad_epochs + 1;
    cooldown_left = std::max(cooldown_left - 1, 0.0);
    if (bad_epochs <= patience) return;
    scale *= factor;
    cooldown_left = cooldown;
    bad_epochs = 0;
  }
};

}  // namespace ravine::optim
