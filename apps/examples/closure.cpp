#include <ravine/ravine.hpp>
namespace rv = ravine;

/// A line through three points by L-BFGS: y = 2 x + 1.
int main() {
  const rv::Tensor<float> x({3, 1}, {0, 1, 2});
  const rv::Tensor<float> y({3}, {1, 3, 5});
  rv::nn::Sequential model{rv::nn::Linear(1, 1)};
  auto optimizer = rv::optim::make("lbfgs", model.parameters());
  optimizer->step([&] {
    optimizer->zero_grad();
    const auto loss = rv::half_mse_loss(model(x), y);
    loss.backward();
    return static_cast<double>(loss.item());
  });
  std::cout << model(rv::Tensor<float>({1, 1}, {10})).item() << '\n';
}
