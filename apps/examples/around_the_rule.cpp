#include <ravine/ravine.hpp>
namespace rv = ravine;

int main() {
  rv::manual_seed(1);
  auto [train, test] = rv::data::load("digits");
  rv::nn::Sequential model{rv::nn::Linear(64, 32), rv::nn::ReLU(), rv::nn::Linear(32, 10)};
  rv::data::DataLoader loader(train, {.batch_size = 32});
  const int epochs = 20;
  const double steps = epochs * static_cast<double>(loader.batch_count());

  auto optimizer =
      rv::optim::make("adamw:lr=3e-3", model.parameters(), {}, {{"*.bias", {{"weight_decay", 0}}}});
  rv::optim::Scheduler scheduler(*optimizer, rv::optim::parse_schedule("warmup:50+cosine"), steps);
  rv::optim::WeightAverage average(rv::optim::ExponentialAverage{.decay = 0.99},
                                   model.parameters());

  double step = 0;
  for (int epoch = 0; epoch < epochs; ++epoch)
    for (auto& [x, y] : loader) {
      scheduler.before_step(step++);
      optimizer->zero_grad();
      rv::cross_entropy(model(x), y).backward();
      rv::optim::clip_grad_norm(*optimizer, 1.0);
      optimizer->step();
      average.update();
    }

  average.swap();  // the model is the average now
  std::cout << rv::train::accuracy(model, test) << '\n';
}
