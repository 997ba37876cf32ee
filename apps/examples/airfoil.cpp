// Linear regression with tensors and an optimizer only: the sound of an airfoil from five numbers
// about it. Needs the airfoil data (datasets/fetch airfoil).
#include <ravine/ravine.hpp>

namespace rv = ravine;

int main() {
  auto [raw_train, raw_test] = rv::data::load("airfoil");
  const auto features = rv::data::fit_features(raw_train);
  const auto target = rv::data::fit_target(raw_train);
  const auto scaled = [&](const rv::data::Dataset& data) {
    return standardize_target(standardize_features(data, features), target);
  };
  const rv::data::Dataset train = scaled(raw_train);
  const rv::data::Dataset test = scaled(raw_test);

  auto w = rv::parameter(rv::Tensor<float>::zeros({train.feature_count(), 1}), "w");  // [5, 1]
  auto b = rv::parameter(rv::Tensor<float>::zeros({1}), "b");
  const auto predict = [&](const rv::Tensor<float>& x) { return matmul<float>(x, w) + b; };

  auto optimizer = rv::optim::make(rv::optim::Momentum{.lr = 0.01, .momentum = 0.9},
                                   rv::Parameters<float>{w.parameter(), b.parameter()});
  for (int epoch = 1; epoch <= 20; ++epoch)
    for (auto& [x, y] : rv::data::DataLoader(train, {.batch_size = 10, .seed = epoch})) {
      auto loss = 0.5 * mse_loss(predict(x), y);
      optimizer->zero_grad();
      loss.backward();
      optimizer->step();
    }

  const float error = mse_loss(predict(test.features.floats()), test.targets).item();
  std::cout << "weights " << w.value() << ", bias " << b.value() << '\n'
            << "test error (rmse): " << std::sqrt(error) * target.deviation[0] << " dB\n";
}
