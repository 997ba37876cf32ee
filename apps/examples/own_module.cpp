// A module of one's own: two branches that are added up, saved under the names given in `visit`.
#include <ravine/ravine.hpp>

namespace rv = ravine;

struct TwoBranches : rv::nn::Module<float> {
  rv::nn::Linear<float> narrow{64, 10};
  rv::nn::Linear<float> wide{64, 128};
  rv::nn::Linear<float> back{128, 10};

  rv::Variable<float> forward(const rv::Variable<float>& x) override {
    return narrow(x) + back(rv::relu(wide(x)));
  }
  void visit(rv::nn::Members<float>& members) override {
    members.child("narrow", narrow);
    members.child("wide", wide);
    members.child("back", back);
  }
};

int main() {
  rv::manual_seed(1);
  auto [train, test] = rv::data::load("digits");
  TwoBranches model;
  auto optimizer = rv::optim::make(rv::optim::Adam{.lr = 1e-2, .beta2 = 0.99}, model.parameters());

  for (int epoch = 0; epoch < 10; ++epoch)
    for (auto& [x, y] : rv::data::DataLoader(train, {.batch_size = 32})) {
      auto loss = rv::cross_entropy(model(x), y);
      optimizer->zero_grad();
      loss.backward();
      optimizer->step();
    }

  std::cout << model.parameter_count() << " parameters, accuracy "
            << rv::train::accuracy(model, test) << '\n';
}
