#include "ravine/lab/chosen_settings.hpp"

#include "ravine/autograd/variable.hpp"
#include "ravine/lab/best_settings.hpp"
#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/optim/rules/sgd.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {
namespace {

/// By the rule itself, with 0 for what is left to theory.
void check_given(const SettingsChoice& choice) {
  optim::make(optim::Sgd{.lr = choice.lr.value_or(0), .momentum = choice.momentum.value_or(0)},
              Parameters<double>{parameter(Tensor<double>::zeros({1})).parameter()});
}

/// Eigenvalues of R square alpha lambda.
void check_product(double lr, double largest) {
  constexpr double most = 1e150;
  if (!(lr * largest <= most))
    throw InputError(text(optim::lr_name, ": ", lr, " times the largest eigenvalue, ", largest,
                          ", must be at most ", most, " (a larger one diverges at once)"));
}

}  // namespace

double best_lr(double momentum, double smallest, double largest) {
  return 2 * (1 + momentum) / (smallest + largest);
}

MomentumSettings chosen_settings(const SettingsChoice& choice, double smallest, double largest) {
  check_given(choice);
  if (choice.lr) check_product(*choice.lr, largest);
  if (choice.lr) return {.lr = *choice.lr, .momentum = choice.momentum.value_or(0)};
  if (!choice.momentum) return best_momentum(smallest, largest).settings;
  return {.lr = best_lr(*choice.momentum, smallest, largest), .momentum = *choice.momentum};
}

}  // namespace ravine::lab
