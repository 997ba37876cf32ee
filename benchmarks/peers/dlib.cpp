// The works on dlib; see ../job.hpp. Its networks have their widths in their type, so there is one
// for each work. A batch is copied into a tensor that is kept, which is less work than dlib's own
// trainer does.
#include <dlib/dnn.h>
#include <dlib/revision.h>

#include <algorithm>
#include <exception>
#include <iostream>
#include <numeric>
#include <random>

#include "../data.hpp"
#include "../job.hpp"
#include "../stopwatch.hpp"

namespace ravine::benchmarks {
namespace {

using Input = dlib::input<dlib::matrix<float>>;
template <unsigned long first, unsigned long second>
using Mlp = dlib::loss_multiclass_log<
    dlib::fc<10, dlib::relu<dlib::fc<second, dlib::relu<dlib::fc<first, Input>>>>>>;
template <unsigned long hidden>
using OneHidden = dlib::loss_multiclass_log<dlib::fc<10, dlib::relu<dlib::fc<hidden, Input>>>>;
using Regression = dlib::loss_mean_squared<dlib::fc<1, Input>>;

template <class Label>
struct Examples {
  std::size_t columns;
  std::vector<float> x;  // [n, columns]
  std::vector<Label> y;  // [n]
};

Examples<unsigned long> images(const std::filesystem::path& folder) {
  const Images read = read_images(folder);
  Examples<unsigned long> examples{
      .columns = pixels, .x = {}, .y = {read.labels.begin(), read.labels.end()}};
  examples.x.reserve(read.pixels.size());
  for (const std::uint8_t pixel : read.pixels)
    examples.x.push_back(static_cast<float>(pixel) / 255.0F);
  return examples;
}

Examples<float> airfoil(const std::filesystem::path& folder) {
  const std::vector<float> rows = read_airfoil(folder);
  Examples<float> examples{.columns = airfoil_features, .x = {}, .y = {}};
  for (auto row = rows.begin(); row != rows.end(); row += airfoil_features + 1) {
    examples.x.insert(examples.x.end(), row, row + airfoil_features);
    examples.y.push_back(row[airfoil_features]);
  }
  return examples;
}

template <class Net, class Solver, class Label>
class Training {
 public:
  Training(const Job& job, const Solver& solver, Examples<Label> examples)
      : examples_(std::move(examples)),
        batch_(job.count("batch")),
        lr_(job.number("lr")),
        solvers_(Net::num_computational_layers, solver),
        order_(examples_.y.size()) {
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    begin_epoch();
    // A network learns from its first to_tensor how many samples an input makes.
    const dlib::matrix<float> example(static_cast<long>(examples_.columns), 1);
    net_.to_tensor(&example, &example + 1, x_);
  }

  std::size_t steps_per_epoch() const { return (order_.size() + batch_ - 1) / batch_; }

  void step() {
    if (at_ >= order_.size()) begin_epoch();
    const std::size_t count = std::min(batch_, order_.size() - at_);
    const auto columns = static_cast<long>(examples_.columns);
    x_.set_size(static_cast<long>(count), 1, columns, 1);
    y_.resize(count);
    float* x = x_.host_write_only();
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t row = order_[at_ + i];
      x = std::copy_n(examples_.x.data() + row * examples_.columns, examples_.columns, x);
      y_[i] = examples_.y[row];
    }
    at_ += count;
    loss_ = net_.compute_parameter_gradients(x_, y_.begin());
    net_.update_parameters(dlib::make_sstack(solvers_), lr_);
  }

  double loss() const { return loss_; }

 private:
  void begin_epoch() {
    std::shuffle(order_.begin(), order_.end(), generator_);
    at_ = 0;
  }

  Examples<Label> examples_;
  std::size_t batch_;
  double lr_;
  Net net_;
  std::vector<Solver> solvers_;
  std::vector<std::size_t> order_;
  std::mt19937 generator_{1};
  std::size_t at_ = 0;
  dlib::resizable_tensor x_;
  std::vector<Label> y_;
  double loss_ = 0;
};

template <class Training>
void run(const Job& job, Training training) {
  if (job.kind == "epoch") {
    for (std::size_t step = 0; step < training.steps_per_epoch(); ++step) training.step();
    return;
  }
  const double seconds = seconds_per_call(job.number("seconds"), [&] { training.step(); });
  std::cout << seconds << ' ' << training.loss() << '\n';
}

template <class Net>
void run_classes(const Job& job) {
  // No weight decay, and the averages of the others.
  run(job, Training<Net, dlib::adam, unsigned long>(job, dlib::adam(0, 0.9F, 0.999F),
                                                    images(job.text("folder"))));
}

void run(const Job& job) {
  using Widths = std::vector<std::size_t>;
  if (job.kind == "version") {
    std::cout << "dlib " << DLIB_MAJOR_VERSION << "." << DLIB_MINOR_VERSION << '\n';
    return;
  }
  if (job.kind == "update") throw std::invalid_argument("dlib's solvers are part of its networks");
  const Widths widths = job.widths();
  if (widths == Widths{784, 256, 128, 10})
    run_classes<Mlp<256, 128>>(job);
  else if (widths == Widths{784, 1024, 1024, 10})
    run_classes<Mlp<1024, 1024>>(job);
  else if (widths == Widths{784, 32, 10})
    run_classes<OneHidden<32>>(job);
  else if (widths == Widths{5, 1})
    run(job, Training<Regression, dlib::sgd, float>(job, dlib::sgd(0, 0.9F),
                                                    airfoil(job.text("folder"))));
  else
    throw std::invalid_argument("no network of these widths was compiled");
}

}  // namespace
}  // namespace ravine::benchmarks

int main(int argc, char** argv) try {
  ravine::benchmarks::run(ravine::benchmarks::parse_job(argc, argv));
} catch (const std::exception& error) {
  std::cerr << "benchmark dlib: " << error.what() << '\n';
  return 1;
}
