#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ravine::benchmarks {

/// The matrix products of a training step of an MLP, and nothing else: the floor under every
/// program that leaves them to the same BLAS.
class StepProducts {
 public:
  StepProducts(std::span<const std::size_t> widths, std::size_t batch);
  void run();

 private:
  /// From width `in` to width `out`; buffers as a step has them.
  struct Layer {
    int in, out;
    std::vector<float> x;            // [batch, in]
    std::vector<float> weight;       // [out, in]
    std::vector<float> weight_grad;  // [out, in]
    std::vector<float> y_grad;       // [batch, out]
  };

  int batch_;
  std::vector<Layer> layers_;
  std::vector<float> output_;  // [batch, out]
};

void use_blas_threads(std::size_t count);

}  // namespace ravine::benchmarks
