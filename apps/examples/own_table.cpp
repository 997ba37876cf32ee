// A table from the file to a saved model that `ravine predict` reads, too.
#include <ravine/ravine.hpp>

namespace rv = ravine;

int main() {
  const auto parts = rv::data::load("diabetes", {.target = "progression", .test_fraction = 0.25});
  const auto data = rv::train::prepare(parts, 0.1, 1);  // a tenth for validation, by seed 1
  auto model =
      rv::train::make_model(rv::train::ModelKind::mlp, {16}, rv::Activation::tanh, data, 1);
  auto optimizer = rv::optim::make("adam", model.network.parameters(), {{"lr", 3e-3}});
  const auto result = rv::train::fit(model, data, *optimizer, {.epochs = 40, .seed = 1});

  std::cout << rv::train::name_of(result.status) << ", validation R² "
            << *result.epochs.back().validation->r2 << '\n';
  rv::train::save_model(model, "diabetes.safetensors");

  auto again = rv::train::load_model("diabetes.safetensors");
  std::cout << "the first of the test part: " << rv::train::predict(again, parts.test)[0]
            << ", measured " << parts.test.targets[0] << '\n';
}
