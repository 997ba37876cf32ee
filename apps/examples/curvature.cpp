#include <ravine/lab/spectrum.hpp>
#include <ravine/ravine.hpp>
namespace rv = ravine;

/// Trains a linear model at the settings that its curvature calls for, on all examples in each
/// step, for as many steps as they are predicted to take.
int main() {
  const auto table = rv::data::load_train("diabetes", {.test_fraction = 0});
  const auto data = rv::train::prepare({.train = table, .test = {}}, 0, 0);
  auto model =
      rv::train::make_model(rv::train::ModelKind::linear, {}, rv::Activation::identity, data, 0);
  const auto best = rv::lab::spectrum(model.architecture, data.train, {}).momentum;

  auto optimizer = rv::optim::make(
      rv::optim::Momentum{.lr = best.settings.lr, .momentum = best.settings.momentum},
      model.network.parameters());
  rv::train::fit(model, data, *optimizer,
                 {.epochs = *best.predicted_steps, .batch_size = data.train.size()});
  std::cout << rv::train::evaluate_prepared(model, data.train).loss << '\n';
}
