#pragma once

#include <cmath>

#include "ravine/optim/schedules/common_fields.hpp"
#include "ravine/optim/schedules/moment.hpp"

namespace ravine::optim {

/// A fall to 0 by a power of the time that is left: PyTorch's PolynomialLR.
struct Polynomial {
  double steps = 0, power = 1;

  static constexpr About about{
      .name = "polynomial",
      .summary = "the rate falls to 0 as a power of the time that is left",
      .formula = "lr(t) = lr (1 − t / steps)^power",
      .reference =
          "Chen et al. (2018), DeepLab: Semantic Image Segmentation with Deep Convolutional Nets, "
          "Atrous Convolution, and Fully Connected CRFs, IEEE TPAMI 40"};
  static constexpr auto length = &Polynomial::steps;
  static constexpr Field<Polynomial> fields[] = {
      steps_field(&Polynomial::steps),
      {"power", &Polynomial::power, positive, "1: a straight line; more: steep at first"}};

  double at(double base, Moment now) const {
    return base * std::pow(1 - fraction(now.t, now.length), power);
  }
};

}  // namespace ravine::optim
