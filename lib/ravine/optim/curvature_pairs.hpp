#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ravine/tensor/tensor.hpp"

namespace ravine::optim {

/// A step and the change of the gradient over it, each [n]: what a move showed of the curvature.
template <class T>
struct CurvaturePair {
  Tensor<T> s, y;
  double product;  ///< s^T y
};

/// The newest moves, which stand for the inverse Hessian H in quasi-Newton methods of limited
/// memory (Nocedal and Wright, 2006, section 7.2).
template <class T>
class CurvaturePairs {
 public:
  /// Keeps a pair, and no more than `most`; the oldest go. A pair without curvature, which would
  /// make H indefinite, is left out: one with s^T y up to PyTorch's 1e-10.
  void add(Tensor<T> s, Tensor<T> y, std::size_t most);
  /// Keeps no more than `most`.
  void limit(std::size_t most);

  /// -H g by the two-loop recursion (algorithm 7.4), with H_0 = (s^T y / y^T y) I of the newest
  /// pair (equation 7.20), or I where there is none.
  Tensor<T> direction(const Tensor<T>& gradient);

  /// Oldest first.
  const std::vector<CurvaturePair<T>>& pairs() const { return pairs_; }
  /// Takes these for its own; `product` is worked out.
  void assign(std::vector<CurvaturePair<T>> pairs);

 private:
  std::vector<CurvaturePair<T>> pairs_;
  std::vector<double> alpha_;  // of the recursion, by pair
};

extern template class CurvaturePairs<float>;
extern template class CurvaturePairs<double>;

}  // namespace ravine::optim
