#include "ravine/optim/strong_wolfe.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace ravine::optim {
namespace {

/// An interval in which the search goes on: `low` is the end with the lower value, which, as in
/// PyTorch and unlike in the book, need not decrease enough.
template <class T>
struct Bracket {
  LinePoint<T> low, high;

  Bracket(LinePoint<T> a, LinePoint<T> b) : low(std::move(a)), high(std::move(b)) { order(); }
  void order() {
    if (high.value < low.value) std::swap(low, high);
  }
  double left() const { return std::min(low.t, high.t); }
  double right() const { return std::max(low.t, high.t); }
  double length() const { return right() - left(); }
};

/// Chooses the next point in a bracket. A cubic's minimum near an end may move that end by little
/// again and again, so the second one in a row, or one at the end itself, is moved a tenth of the
/// bracket away from it (as in minFunc's and PyTorch's searches).
class NextPoint {
 public:
  template <class T>
  double in(const Bracket<T>& bracket) {
    const double left = bracket.left(), right = bracket.right();
    const double t = cubic_minimum(bracket.low, bracket.high, left, right);
    const double margin = 0.1 * (right - left);
    const bool near_end = std::min(right - t, t - left) < margin;
    const bool move = near_end && (was_near_end_ || t <= left || t >= right);
    was_near_end_ = near_end && !move;
    if (!move) return t;
    return right - t < t - left ? right - margin : left + margin;
  }

 private:
  bool was_near_end_ = false;
};

template <class T>
class Search {
 public:
  Search(const Line<T>& line, const LinePoint<T>& start, double direction_size,
         const StrongWolfe& conditions)
      : line_(line), start_(start), direction_size_(direction_size), conditions_(conditions) {}

  /// Goes outwards until a bracket is found (algorithm 3.5).
  LinePoint<T> from(double first) {
    LinePoint<T> previous = start_;
    LinePoint<T> point = line_(first);
    for (; refinements_ < conditions_.refinements; ++refinements_) {
      // The first point outwards may be as high as the one before, as it may in PyTorch.
      const bool rises = refinements_ > 1 && point.value >= previous.value;
      if (!decreases_enough(point, start_, conditions_) || rises)
        return zoom({std::move(previous), std::move(point)});
      if (is_flat_enough(point, start_, conditions_)) return point;
      if (point.slope >= 0) return zoom({std::move(previous), std::move(point)});

      const double t =
          cubic_minimum(previous, point, point.t + 0.01 * (point.t - previous.t), 10 * point.t);
      previous = std::exchange(point, line_(t));
    }
    return Bracket<T>(start_, std::move(point)).low;
  }

 private:
  /// Narrows a bracket (algorithm 3.6).
  LinePoint<T> zoom(Bracket<T> bracket) {
    NextPoint next;
    for (; refinements_ < conditions_.refinements; ++refinements_) {
      if (bracket.length() * direction_size_ < conditions_.shortest_bracket) break;
      LinePoint<T> point = line_(next.in(bracket));
      if (!decreases_enough(point, start_, conditions_) || point.value >= bracket.low.value) {
        bracket.high = std::move(point);
        bracket.order();
        continue;
      }
      if (is_flat_enough(point, start_, conditions_)) return point;
      if (point.slope * (bracket.high.t - bracket.low.t) >= 0)
        bracket.high = std::move(bracket.low);
      bracket.low = std::move(point);
    }
    return std::move(bracket.low);
  }

  const Line<T>& line_;
  const LinePoint<T>& start_;
  double direction_size_;
  StrongWolfe conditions_;
  std::size_t refinements_ = 0;
};

}  // namespace

template <class T>
bool decreases_enough(const LinePoint<T>& point, const LinePoint<T>& start,
                      const StrongWolfe& conditions) {
  return point.value <= start.value + conditions.sufficient_decrease * point.t * start.slope;
}

template <class T>
bool is_flat_enough(const LinePoint<T>& point, const LinePoint<T>& start,
                    const StrongWolfe& conditions) {
  return std::abs(point.slope) <= conditions.curvature * std::abs(start.slope);
}

template <class T>
double cubic_minimum(const LinePoint<T>& a, const LinePoint<T>& b, double low, double high) {
  const auto& [left, right] = a.t <= b.t ? std::tie(a, b) : std::tie(b, a);
  const double d1 = left.slope + right.slope - 3 * (left.value - right.value) / (left.t - right.t);
  const double d2 = std::sqrt(d1 * d1 - left.slope * right.slope);
  const double t = right.t - (right.t - left.t) *
                                 ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2));
  return std::isnan(t) ? (low + high) / 2 : std::clamp(t, low, high);
}

template <class T>
LinePoint<T> search_strong_wolfe(const Line<T>& line, const LinePoint<T>& start, double first,
                                 double direction_size, const StrongWolfe& conditions) {
  return Search<T>(line, start, direction_size, conditions).from(first);
}

template bool decreases_enough(const LinePoint<float>&, const LinePoint<float>&,
                               const StrongWolfe&);
template bool decreases_enough(const LinePoint<double>&, const LinePoint<double>&,
                               const StrongWolfe&);
template bool is_flat_enough(const LinePoint<float>&, const LinePoint<float>&, const StrongWolfe&);
template bool is_flat_enough(const LinePoint<double>&, const LinePoint<double>&,
                             const StrongWolfe&);
template double cubic_minimum(const LinePoint<float>&, const LinePoint<float>&, double, double);
template double cubic_minimum(const LinePoint<double>&, const LinePoint<double>&, double, double);
template LinePoint<float> search_strong_wolfe(const Line<float>&, const LinePoint<float>&, double,
                                              double, const StrongWolfe&);
template LinePoint<double> search_strong_wolfe(const Line<double>&, const LinePoint<double>&,
                                               double, double, const StrongWolfe&);

}  // namespace ravine::optim
