#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>

namespace ravine::optim {

// For a T; those of a batch are found by its argument.
using std::abs;
using std::max;
using std::min;
using std::sqrt;

/// One of two values, where an `if` could not choose for each element of a batch.
template <std::floating_point T>
T select(bool condition, T if_true, T otherwise) {
  return condition ? if_true : otherwise;
}

/// -1, 0 or 1; NaN of NaN.
template <std::floating_point T>
T sign(T x) {
  return x > 0 ? T(1) : x < 0 ? T(-1) : x;
}

/// The running average beta past + (1 - beta) now. 1 - beta is formed in double, where 1 - 0.999
/// still has all its digits.
template <class T>
struct Average {
  T keep, take;

  explicit Average(double beta) : keep(T(beta)), take(T(1 - beta)) {}
  template <class V>
  V operator()(const V& past, const V& now) const {
    return keep * past + take * now;
  }
};

/// What a running average that began at 0 lacks after t steps: 1 - beta^t; 1 where it is not
/// wanted.
inline double lack(double beta, std::uint64_t t, bool wanted = true) {
  return wanted ? 1 - std::pow(beta, static_cast<double>(t)) : 1;
}

/// The root that adaptive rules divide by: sqrt(x) + eps, or sqrt(x + eps). One of the two addends
/// is 0, which changes no bit and spares a choice for each element.
template <class T>
struct Root {
  T inside, outside;

  explicit Root(double eps, bool eps_inside = false)
      : inside(T(eps_inside ? eps : 0)), outside(T(eps) - inside) {}
  template <class V>
  V operator()(const V& x) const {
    return sqrt(x + inside) + outside;
  }
};

}  // namespace ravine::optim
