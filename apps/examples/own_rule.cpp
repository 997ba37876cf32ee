#include "mine.hpp"

int main() {
  rv::optim::register_rule<Mine>();
  const auto data = rv::train::prepare(rv::data::load("digits"), 0, 1);
  auto model =
      rv::train::make_model(rv::train::ModelKind::mlp, {32}, rv::Activation::relu, data, 1);
  auto optimizer = rv::optim::make("mine:lr=2e-3", model.network.parameters());
  const auto result = rv::train::fit(model, data, *optimizer, {.epochs = 20, .seed = 1});
  std::cout << *result.epochs.back().test->accuracy << '\n';
}
