// The works on libtorch; see ../job.hpp. The data are floats in memory from the start, and a batch
// is an index_select by a part of the epoch's permutation, as a careful user writes it.
#include <torch/torch.h>

#include <exception>
#include <iostream>

#include "../data.hpp"
#include "../job.hpp"
#include "../stopwatch.hpp"

namespace ravine::benchmarks {
namespace {

torch::nn::Sequential network(const std::vector<std::size_t>& widths) {
  torch::nn::Sequential model;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    if (i > 0) model->push_back(torch::nn::ReLU());
    model->push_back(torch::nn::Linear(static_cast<std::int64_t>(widths[i]),
                                       static_cast<std::int64_t>(widths[i + 1])));
  }
  return model;
}

std::unique_ptr<torch::optim::Optimizer> optimizer_by(const std::string& rule,
                                                      std::vector<torch::Tensor> parameters,
                                                      double lr) {
  if (rule == "adam")
    return std::make_unique<torch::optim::Adam>(std::move(parameters),
                                                torch::optim::AdamOptions(lr));
  return std::make_unique<torch::optim::SGD>(std::move(parameters),
                                             torch::optim::SGDOptions(lr).momentum(0.9));
}

class Training {
 public:
  explicit Training(const Job& job)
      : classes_(job.widths().back() > 1),
        batch_(static_cast<std::int64_t>(job.count("batch"))),
        model_(network(job.widths())),
        optimizer_(optimizer_by(job.text("rule"), model_->parameters(), job.number("lr"))) {
    if (classes_) {
      Images images = read_images(job.text("folder"));
      const auto n = static_cast<std::int64_t>(images.labels.size());
      const auto width = static_cast<std::int64_t>(pixels);
      x_ = torch::from_blob(images.pixels.data(), {n, width}, torch::kUInt8).to(torch::kFloat32) /
           255;
      y_ = torch::from_blob(images.labels.data(), {n}, torch::kUInt8).to(torch::kInt64);
    } else {
      std::vector<float> rows = read_airfoil(job.text("folder"));
      const auto width = static_cast<std::int64_t>(airfoil_features);
      const auto n = static_cast<std::int64_t>(rows.size()) / (width + 1);
      const auto all = torch::from_blob(rows.data(), {n, width + 1}, torch::kFloat32);
      x_ = all.narrow(1, 0, width).clone();
      y_ = all.narrow(1, width, 1).clone();
    }
    begin_epoch();
  }

  std::int64_t steps_per_epoch() const { return (x_.size(0) + batch_ - 1) / batch_; }

  void step() {
    if (at_ >= x_.size(0)) begin_epoch();
    const auto rows = order_.narrow(0, at_, std::min(batch_, x_.size(0) - at_));
    at_ += batch_;
    optimizer_->zero_grad();
    loss_ = loss_of(x_.index_select(0, rows), y_.index_select(0, rows));
    loss_.backward();
    optimizer_->step();
  }

  double loss() const { return loss_.item<double>(); }

 private:
  void begin_epoch() {
    order_ = torch::randperm(x_.size(0));
    at_ = 0;
  }
  torch::Tensor loss_of(const torch::Tensor& x, const torch::Tensor& y) {
    const torch::Tensor output = model_->forward(x);
    return classes_ ? torch::cross_entropy_loss(output, y) : torch::mse_loss(output, y);
  }

  bool classes_;
  std::int64_t batch_;
  torch::nn::Sequential model_;
  std::unique_ptr<torch::optim::Optimizer> optimizer_;
  torch::Tensor x_, y_, order_, loss_;
  std::int64_t at_ = 0;
};

void train(const Job& job) {
  Training training(job);
  const double seconds = seconds_per_call(job.number("seconds"), [&] { training.step(); });
  std::cout << seconds << ' ' << training.loss() << '\n';
}

void epoch(const Job& job) {
  Training training(job);
  for (std::int64_t step = 0; step < training.steps_per_epoch(); ++step) training.step();
}

void update(const Job& job) {
  std::vector<torch::Tensor> parameters;
  for (std::size_t i = 0; i < job.count("tensors"); ++i) {
    const auto elements = static_cast<std::int64_t>(job.count("elements"));
    torch::Tensor one = torch::ones({elements}).requires_grad_();
    one.mutable_grad() = torch::full({elements}, 1e-3);
    parameters.push_back(one);
  }
  const auto optimizer = optimizer_by(job.text("rule"), std::move(parameters), 1e-3);
  std::cout << seconds_per_call(job.number("seconds"), [&] { optimizer->step(); }) << '\n';
}

void run(const Job& job) {
  if (job.kind == "version") {
    std::cout << "libtorch " << TORCH_VERSION << '\n';
    return;
  }
  torch::manual_seed(1);
  torch::set_num_threads(static_cast<int>(job.count("threads")));
  if (job.kind == "train")
    train(job);
  else if (job.kind == "epoch")
    epoch(job);
  else
    update(job);
}

}  // namespace
}  // namespace ravine::benchmarks

int main(int argc, char** argv) try {
  ravine::benchmarks::run(ravine::benchmarks::parse_job(argc, argv));
} catch (const std::exception& error) {
  std::cerr << "benchmark libtorch: " << error.what() << '\n';
  return 1;
}
