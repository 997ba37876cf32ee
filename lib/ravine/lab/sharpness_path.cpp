#include "ravine/lab/sharpness_path.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/lab/full_batch_descent.hpp"
#include "ravine/lab/hessian_product.hpp"
#include "ravine/tensor/random.hpp"
#include "ravine/tensor/reduce.hpp"

namespace ravine::lab {
namespace {

/// The latest eigenvector with some noise, so that one that was not in it and has overtaken it is
/// found.
Tensor<double> warm_start(const Tensor<double>& eigenvector, Generator& generator) {
  constexpr double share_of_noise = 0.1;
  Tensor<double> noise = Tensor<double>::uninitialized(eigenvector.shape());
  fill_normal(noise, 0, 1, generator);
  const double factor = share_of_noise / std::sqrt(sum_of_squares(noise));
  for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = eigenvector[i] + factor * noise[i];
  return noise;
}

/// The largest eigenvalue of the Hessian, again and again while the weights move.
class SharpnessProbe {
 public:
  SharpnessProbe(const Layers& layers, const FullBatch& batch, const SharpnessPathOptions& options)
      : layers_(layers), batch_(batch), options_(options), generator_(options.seed, probe_stream) {}

  Sharpness at(std::size_t step) {
    constexpr double tolerance = 1e-4;  // more than a figure shows
    LanczosOptions how{.most_steps = options_.most_products,
                       .tolerance = tolerance,
                       .smallest_wanted = false,
                       .seed = options_.seed};
    if (!latest_.empty()) how.start = warm_start(latest_, generator_);
    if (options_.on_work) how.on_product = [&](std::size_t) { options_.on_work(step); };
    const ExtremeEigenvalues ends = extreme_eigenvalues(
        [&](const Tensor<double>& v) { return hessian_product(layers_, batch_, v); },
        parameter_count(layers_), how);
    latest_ = ends.largest.vector;
    products_ += ends.products;
    return {.step = step, .value = ends.largest.value, .converged = ends.converged};
  }
  std::size_t products() const { return products_; }

 private:
  static constexpr std::uint64_t probe_stream = 0x70726f6265;

  const Layers& layers_;
  const FullBatch& batch_;
  const SharpnessPathOptions& options_;
  Generator generator_;
  Tensor<double> latest_;
  std::size_t products_ = 0;
};

}  // namespace

SharpnessPath sharpness_path(Layers& layers, const FullBatch& batch,
                             const MomentumSettings& settings,
                             const SharpnessPathOptions& options) {
  constexpr std::size_t looks = 40;
  const std::size_t steps = options.steps;
  const std::size_t stride = std::max<std::size_t>(1, (steps + looks - 1) / looks);
  const auto optimizer = descent_optimizer(parameters_of(layers), settings);
  SharpnessProbe probe(layers, batch, options);
  SharpnessPath path{.settings = settings,
                     .limit = (2 + 2 * settings.momentum) / settings.lr,
                     .losses = {},
                     .sharpness = {}};
  for (std::size_t step = 0; step <= steps; ++step) {
    const double loss = differentiate_loss(layers, batch);
    path.diverged = !std::isfinite(loss);
    if (path.diverged) break;
    path.losses.push_back(loss);
    if (step % stride == 0 || step == steps) {
      const Sharpness look = probe.at(step);
      path.diverged = !std::isfinite(look.value);
      if (path.diverged) break;
      path.sharpness.push_back(look);
      differentiate_loss(layers, batch);  // the probe writes over gradients
    }
    if (step == steps) break;
    optimizer->step();
    if (options.on_work) options.on_work(step + 1);
  }
  path.products = probe.products();
  return path;
}

}  // namespace ravine::lab
