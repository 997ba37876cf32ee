#include "products.hpp"

#include <cblas.h>

namespace ravine::benchmarks {
namespace {

/// Numbers without patterns that a processor could profit from, zeros or denormals above all.
std::vector<float> numbers(std::size_t rows, std::size_t columns) {
  std::vector<float> values(rows * columns);
  unsigned state = 1;
  for (float& value : values) {
    state = state * 1664525U + 1013904223U;
    value = static_cast<float>(state >> 8U) * 0x1p-24F - 0.5F;
  }
  return values;
}

}  // namespace

StepProducts::StepProducts(std::span<const std::size_t> widths, std::size_t batch)
    : batch_(static_cast<int>(batch)), output_(batch * widths.back()) {
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) {
    const std::size_t in = widths[i];
    const std::size_t out = widths[i + 1];
    layers_.push_back({.in = static_cast<int>(in),
                       .out = static_cast<int>(out),
                       .x = numbers(batch, in),
                       .weight = numbers(out, in),
                       .weight_grad = numbers(out, in),
                       .y_grad = numbers(batch, out)});
  }
}

void StepProducts::run() {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    float* y = i + 1 < layers_.size() ? layers_[i + 1].x.data() : output_.data();
    // y = x W': [batch, in] [in, out]
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, batch_, layer.out, layer.in, 1.0F,
                layer.x.data(), layer.in, layer.weight.data(), layer.in, 0.0F, y, layer.out);
  }
  for (std::size_t i = layers_.size(); i-- > 0;) {
    Layer& layer = layers_[i];
    // dW = dy' x: [out, batch] [batch, in]
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, layer.out, layer.in, batch_, 1.0F,
                layer.y_grad.data(), layer.out, layer.x.data(), layer.in, 0.0F,
                layer.weight_grad.data(), layer.in);
    if (i == 0) break;  // the data need no gradient
    // dx = dy W: [batch, out] [out, in]
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, batch_, layer.in, layer.out, 1.0F,
                layer.y_grad.data(), layer.out, layer.weight.data(), layer.in, 0.0F,
                layers_[i - 1].y_grad.data(), layer.in);
  }
}

void use_blas_threads(std::size_t count) { openblas_set_num_threads(static_cast<int>(count)); }

}  // namespace ravine::benchmarks
