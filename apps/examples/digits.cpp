#include <ravine/ravine.hpp>
namespace rv = ravine;

int main() {
  rv::manual_seed(1);
  auto [train, test] = rv::data::load("digits");
  rv::nn::Sequential model{rv::nn::Linear(64, 32), rv::nn::ReLU(), rv::nn::Linear(32, 10)};
  auto optimizer = rv::optim::make("adam", model.parameters(), {{"lr", 1e-2}});

  for (int epoch = 0; epoch < 20; ++epoch)
    for (auto& [x, y] : rv::data::DataLoader(train, {.batch_size = 32, .shuffle = true})) {
      auto loss = rv::cross_entropy(model(x), y);
      optimizer->zero_grad();
      loss.backward();
      optimizer->step();
    }

  std::cout << rv::train::accuracy(model, test) << '\n';
  rv::save(model, "digits.safetensors");
}
