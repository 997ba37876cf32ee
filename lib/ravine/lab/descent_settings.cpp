#include "ravine/lab/descent_settings.hpp"

#include "ravine/optim/rules/sgd.hpp"

namespace ravine::lab {

optim::Settings rule_settings(const MomentumSettings& settings) {
  return {{std::string(optim::lr_name), settings.lr},
          {std::string(optim::momentum_name), settings.momentum}};
}

optim::Spec descent_settings(const MomentumSettings& settings) {
  return {.name = std::string(optim::Sgd::about.name), .settings = rule_settings(settings)};
}

}  // namespace ravine::lab
