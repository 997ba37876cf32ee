#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <string_view>

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/group.hpp"

namespace ravine::optim {

template <class T>
class Optimizer;

/// Limited-memory BFGS: Nocedal and Wright (2006), algorithms 7.4 and 7.5, with the tests for an
/// end and the defaults of PyTorch's LBFGS, except that the line search is on.
struct Lbfgs {
  double lr = 1, max_iter = 20, max_eval = 0, tolerance_grad = 1e-7, tolerance_change = 1e-9,
         history_size = 100;
  bool strong_wolfe = true;

  static constexpr About about{
      .name = "lbfgs",
      .summary = "quasi-Newton steps, the curvature estimated from the newest changes of gradient",
      .formula =
          "y ← g − g₋,  s ← w − w₋       since the iteration before; kept where sᵀy > 10⁻¹⁰\n"
          "d ← −H g                      H from γ I, γ = sᵀy / yᵀy, and the pairs, oldest first:\n"
          "                              H ← (I − ρ s yᵀ) H (I − ρ y sᵀ) + ρ s sᵀ, ρ = 1 / sᵀy\n"
          "w ← w + t d                   t from lr on by the strong Wolfe conditions, or t = lr",
      .reference =
          "Liu and Nocedal (1989), On the limited memory BFGS method for large scale "
          "optimization, Mathematical Programming 45"};
  static constexpr Field<Lbfgs> fields[] = {
      lr_field(&Lbfgs::lr),
      {"max_iter", &Lbfgs::max_iter, count, "iterations in one step, at most"},
      {"max_eval", &Lbfgs::max_eval, count_or_none,
       "evaluations after which a step begins no further iteration; 0: 1.25 max_iter"},
      {"tolerance_grad", &Lbfgs::tolerance_grad, non_negative,
       "a step ends where no element of g is larger"},
      {"tolerance_change", &Lbfgs::tolerance_change, non_negative,
       "a step ends where w or the loss changes by less"},
      {"history_size", &Lbfgs::history_size, count, "pairs (s, y) kept"},
      {"strong_wolfe", &Lbfgs::strong_wolfe, "search along d; false: fixed steps"}};

  /// Evaluations after which a step begins no further iteration.
  double evaluation_limit() const { return max_eval != 0 ? max_eval : std::floor(1.25 * max_iter); }

  /// How many pairs are kept, far more than memory holds at most.
  std::size_t pairs() const { return static_cast<std::size_t>(std::min(history_size, 1e9)); }

  static constexpr std::string_view state = "direction, gradient, and s and y of each pair";
  static constexpr std::size_t arrays_of_a_pair = 2, other_arrays = 2;
  std::size_t state_arrays() const { return other_arrays + arrays_of_a_pair * pairs(); }

  /// Of the type LbfgsOptimizer<T>.
  template <class T>
  std::unique_ptr<Optimizer<T>> optimizer(const Parameters<T>& parameters,
                                          const Groups& groups) const;
};

}  // namespace ravine::optim
