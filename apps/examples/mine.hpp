#pragma once
#include <ravine/ravine.hpp>
namespace rv = ravine;

/// Steps of one length along the sign of the momentum.
struct Mine {
  double lr = 1e-3, momentum = 0.9;

  static constexpr rv::optim::About about{"mine", "steps of one length along the momentum's sign",
                                          "v ← β v + g\nw ← w − lr sign(v)", "this file"};
  static constexpr rv::optim::Slot<Mine> slots[] = {{"v"}};
  static constexpr rv::optim::Field<Mine> fields[] = {rv::optim::lr_field(&Mine::lr),
                                                      rv::optim::momentum_field(&Mine::momentum)};
  template <class T>
  auto at(rv::optim::Step) const {
    return [lr = T(lr), beta = T(momentum)](auto& w, auto g, auto& v) {
      v = beta * v + g;
      w -= lr * rv::optim::sign(v);
    };
  }
};
