#pragma once

#include "ravine/nn/module.hpp"

namespace ravine::nn {

struct NormalizationOptions {
  /// Added to the variance, so that a constant feature does not divide by 0.
  double eps = 1e-5;
  /// The weight of the newest batch in the running mean and variance (BatchNorm1d alone).
  double momentum = 0.1;
};

/// Batch normalisation of [n, features] (Ioffe and Szegedy, 2015): each feature less its mean over
/// its standard deviation, times weight, plus bias. In training those are the batch's, and running
/// averages are kept (of the variance the unbiased one, as in PyTorch); otherwise the averages are
/// used. Throws ShapeError, and in training InputError for a batch of one.
template <class T = float>
class BatchNorm1d final : public Module<T> {
 public:
  explicit BatchNorm1d(std::size_t features, NormalizationOptions options = {});
  Variable<T> forward(const Variable<T>& x) override;
  void visit(Members<T>& members) override {
    members.parameter("weight", weight);
    members.parameter("bias", bias);
    members.buffer("running_mean", running_mean);
    members.buffer("running_var", running_var);
  }

  Variable<T> weight;
  Variable<T> bias;
  Tensor<T> running_mean;
  Tensor<T> running_var;

 private:
  NormalizationOptions options_;
};

/// Layer normalisation over the last axis (Ba, Kiros and Hinton, 2016). Throws ShapeError.
template <class T = float>
class LayerNorm final : public Module<T> {
 public:
  explicit LayerNorm(std::size_t features, NormalizationOptions options = {});
  Variable<T> forward(const Variable<T>& x) override;
  void visit(Members<T>& members) override {
    members.parameter("weight", weight);
    members.parameter("bias", bias);
  }

  Variable<T> weight;
  Variable<T> bias;

 private:
  NormalizationOptions options_;
};

extern template class BatchNorm1d<float>;
extern template class BatchNorm1d<double>;
extern template class LayerNorm<float>;
extern template class LayerNorm<double>;

}  // namespace ravine::nn
