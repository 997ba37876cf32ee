#include "ravine/optim/curvature_pairs.hpp"

#include <utility>

#include "ravine/optim/flat.hpp"

namespace ravine::optim {

template <class T>
void CurvaturePairs<T>::add(Tensor<T> s, Tensor<T> y, std::size_t most) {
  const double product = dot(s, y);
  if (!(product > 1e-10)) return;
  limit(most - 1);
  pairs_.push_back({.s = std::move(s), .y = std::move(y), .product = product});
}

template <class T>
void CurvaturePairs<T>::limit(std::size_t most) {
  if (pairs_.size() <= most) return;
  pairs_.erase(pairs_.begin(), pairs_.end() - static_cast<std::ptrdiff_t>(most));
}

template <class T>
Tensor<T> CurvaturePairs<T>::direction(const Tensor<T>& gradient) {
  Tensor<T> d = gradient.clone();
  scale(d, -1);
  if (pairs_.empty()) return d;
  alpha_.resize(pairs_.size());
  for (std::size_t i = pairs_.size(); i-- > 0;) {
    alpha_[i] = dot(pairs_[i].s, d) / pairs_[i].product;
    add_scaled(d, -alpha_[i], pairs_[i].y);
  }
  const CurvaturePair<T>& newest = pairs_.back();
  scale(d, newest.product / dot(newest.y, newest.y));
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const double beta = dot(pairs_[i].y, d) / pairs_[i].product;
    add_scaled(d, alpha_[i] - beta, pairs_[i].s);
  }
  return d;
}

template <class T>
void CurvaturePairs<T>::assign(std::vector<CurvaturePair<T>> pairs) {
  pairs_ = std::move(pairs);
  for (CurvaturePair<T>& pair : pairs_) pair.product = dot(pair.s, pair.y);
}

template class CurvaturePairs<float>;
template class CurvaturePairs<double>;

}  // namespace ravine::optim
