// What no program that does the works can fall below: matrix products alone, memory traffic alone,
// or a bare loop; see job.hpp.
#include <cblas.h>

#include <array>
#include <exception>
#include <iostream>
#include <numeric>
#include <random>
#include <stdexcept>

#include "data.hpp"
#include "job.hpp"
#include "products.hpp"
#include "stopwatch.hpp"
#include "streams.hpp"

namespace ravine::benchmarks {
namespace {

/// Linear regression by hand for this one number of features, on rows padded to a vector's width:
/// [x, 1, 0, 0]. The order of examples is drawn once, not every epoch.
class BareRegression {
 public:
  BareRegression(const std::filesystem::path& folder, std::size_t batch, float lr)
      : batch_(batch), lr_(lr) {
    const std::vector<float> numbers = read_airfoil(folder);
    for (std::size_t at = 0; at < numbers.size(); at += airfoil_features + 1) {
      Row& row = rows_.emplace_back();
      std::copy_n(numbers.data() + at, airfoil_features, row.begin());
      row[airfoil_features] = 1;
      targets_.push_back(numbers[at + airfoil_features]);
    }
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::shuffle(order_.begin(), order_.end(), std::mt19937(1));
  }

  void step() {
    if (at_ + batch_ > order_.size()) at_ = 0;
    Row grad{};
    loss_ = 0;
    const float share = 2.0F / static_cast<float>(batch_);
    for (std::size_t i = 0; i < batch_; ++i) {
      const unsigned example = order_[at_ + i];
      const Row& x = rows_[example];
      float error = -targets_[example];
      for (std::size_t j = 0; j < width; ++j) error += w_[j] * x[j];
      for (std::size_t j = 0; j < width; ++j) grad[j] += share * error * x[j];
      loss_ += error * error;
    }
    at_ += batch_;
    constexpr float momentum = 0.9F;
    for (std::size_t j = 0; j < width; ++j) {
      velocity_[j] = momentum * velocity_[j] + grad[j];
      w_[j] -= lr_ * velocity_[j];
    }
  }

  double loss() const { return static_cast<double>(loss_) / static_cast<double>(batch_); }

 private:
  static constexpr std::size_t width = 8;
  using Row = std::array<float, width>;

  std::vector<Row> rows_;
  std::vector<float> targets_;
  std::vector<unsigned> order_;
  std::size_t at_ = 0;
  std::size_t batch_;
  float lr_;
  float loss_ = 0;
  Row w_{}, velocity_{};
};

void train(const Job& job) {
  const double seconds = job.number("seconds");
  if (job.widths().back() == 1) {
    BareRegression regression(job.text("folder"), job.count("batch"),
                              static_cast<float>(job.number("lr")));
    const double step = seconds_per_call(seconds, [&] { regression.step(); });
    std::cout << step << ' ' << regression.loss() << '\n';
    return;
  }
  use_blas_threads(job.count("threads"));
  StepProducts products(job.widths(), job.count("batch"));
  std::cout << seconds_per_call(seconds, [&] { products.run(); }) << '\n';
}

void update(const Job& job) {
  Streams streams(job.count("slots"), job.count("tensors"), job.count("elements"));
  std::cout << streams.seconds_per_pass(job.count("threads"), job.number("seconds")) << '\n';
}

void run(const Job& job) {
  if (job.kind == "version")
    std::cout << openblas_get_config() << '\n';
  else if (job.kind == "train")
    train(job);
  else if (job.kind == "update")
    update(job);
  else
    throw std::invalid_argument("job '" + job.kind + "' is not known");
}

}  // namespace
}  // namespace ravine::benchmarks

int main(int argc, char** argv) try {
  ravine::benchmarks::run(ravine::benchmarks::parse_job(argc, argv));
} catch (const std::exception& error) {
  std::cerr << "benchmark floor: " << error.what() << '\n';
  return 1;
}
