// The works as a user of the library writes them; see job.hpp.
#include <exception>

#include "data.hpp"
#include "job.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/ravine.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"
#include "ravine/tensor/version.hpp"
#include "stopwatch.hpp"

namespace ravine::benchmarks {
namespace {

data::Dataset airfoil(const std::filesystem::path& folder) {
  const std::vector<float> numbers = read_airfoil(folder);
  constexpr std::size_t columns = airfoil_features + 1;
  const std::size_t rows = numbers.size() / columns;
  auto features = Tensor<float>::uninitialized({rows, airfoil_features});
  auto targets = Tensor<float>::uninitialized({rows});
  for (std::size_t row = 0; row < rows; ++row) {
    const float* from = numbers.data() + row * columns;
    std::copy_n(from, airfoil_features, features.data() + row * airfoil_features);
    targets[row] = from[airfoil_features];
  }
  data::Dataset dataset;
  dataset.name = "airfoil";
  dataset.features = data::Features(features);
  dataset.targets = targets;
  return dataset;
}

class Training {
 public:
  explicit Training(const Job& job)
      : classes_(job.widths().back() > 1),
        loader_(classes_ ? data::load("mnist", {.data_dir = job.text("folder")}).train
                         : airfoil(job.text("folder")),
                {.batch_size = job.count("batch"), .seed = 1}),
        model_(nn::mlp<float>(job.widths())),
        optimizer_(optim::make(job.text("rule"), model_.parameters(), {{"lr", job.number("lr")}})) {
  }

  void step() {
    if (batch_ == loader_.end()) batch_ = loader_.begin();
    const auto loss = loss_of_batch();
    optimizer_->zero_grad();
    loss.backward();
    optimizer_->step();
    ++batch_;
  }

  double loss() {
    if (batch_ == loader_.end()) batch_ = loader_.begin();
    const NoGrad off;
    return static_cast<double>(loss_of_batch().item());
  }

 private:
  Variable<float> loss_of_batch() {
    const auto& [x, y] = *batch_;
    return classes_ ? cross_entropy(model_(x), y) : mse_loss(model_(x), y);
  }

  bool classes_;
  data::DataLoader loader_;
  nn::Sequential<float> model_;
  std::unique_ptr<optim::Optimizer<float>> optimizer_;
  data::DataLoader::Iterator batch_ = loader_.begin();
};

void train(const Job& job) {
  manual_seed(1);
  Training training(job);
  const double seconds = seconds_per_call(job.number("seconds"), [&] { training.step(); });
  std::cout << seconds << ' ' << training.loss() << '\n';
}

void update(const Job& job) {
  Parameters<float> parameters;
  for (std::size_t i = 0; i < job.count("tensors"); ++i) {
    const auto one = std::make_shared<Parameter<float>>(
        std::to_string(i), Tensor<float>::ones({job.count("elements")}));
    one->grad.fill(1e-3F);
    one->has_grad = true;
    parameters.push_back(one);
  }
  const auto optimizer = optim::make(job.text("rule"), parameters);
  std::cout << seconds_per_call(job.number("seconds"), [&] { optimizer->step(); }) << '\n';
}

void run(const Job& job) {
  if (job.kind == "version") {
    std::cout << "ravine " << version << '\n';
    return;
  }
  set_threads(job.count("threads"));
  if (job.kind == "train")
    train(job);
  else if (job.kind == "update")
    update(job);
  else
    throw InputError(text("job '", job.kind, "' is not known (known: train, update, version)"));
}

}  // namespace
}  // namespace ravine::benchmarks

int main(int argc, char** argv) try {
  ravine::benchmarks::run(ravine::benchmarks::parse_job(argc, argv));
} catch (const std::exception& error) {
  std::cerr << "benchmark ravine: " << error.what() << '\n';
  return 1;
}
