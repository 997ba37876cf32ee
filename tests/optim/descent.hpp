#pragma once

#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "optim/one_tensor.hpp"
#include "ravine/optim/make.hpp"
#include "ravine/tensor/text.hpp"
#include "support/analytic_problems.hpp"

namespace ravine::optim::testing {

/// A rule at work on a problem. It steps by a closure, which serves every rule.
template <class T>
class Descent {
 public:
  /// The coordinates are one parameter, or are cut into several before each of `cuts`; these are
  /// named 0.weight, 1.bias, 2.weight and so on. `from` stands for the problem's own start.
  Descent(std::string_view rule, const test::AnalyticProblem& problem,
          const Settings& settings = {}, std::vector<std::size_t> cuts = {},
          const Groups& groups = {}, const std::vector<double>& from = {})
      : problem_(problem), point_(from.empty() ? problem.start : from), gradient_(point_.size()) {
    cuts.push_back(point_.size());
    std::size_t begin = 0;
    for (const std::size_t end : cuts) {
      const std::string name = text(pieces_.size(), pieces_.size() % 2 == 0 ? ".weight" : ".bias");
      pieces_.push_back(parameter<T>({point_.begin() + static_cast<std::ptrdiff_t>(begin),
                                      point_.begin() + static_cast<std::ptrdiff_t>(end)},
                                     name));
      begin = end;
    }
    optimizer_ = make(rule, pieces_, settings, groups);
  }

  Optimizer<T>& optimizer() { return *optimizer_; }
  /// In the order of the coordinates.
  const Parameters<T>& pieces() const { return pieces_; }

  const std::vector<double>& point() {
    auto to = point_.begin();
    for (const auto& piece : pieces_) to = std::ranges::copy(piece->value.values(), to).out;
    return point_;
  }
  double value() { return problem_.value(point()); }

  void step() {
    optimizer_->step([this] { return evaluate(); });
  }
  void step(int count) {
    for (int i = 0; i < count; ++i) step();
  }

 private:
  double evaluate() {
    const double value = problem_.evaluate(point(), gradient_);
    auto from = std::span<const double>(gradient_);
    for (const auto& piece : pieces_) {
      give_gradient(*piece, from.first(piece->value.size()));
      from = from.subspan(piece->value.size());
    }
    return value;
  }

  const test::AnalyticProblem& problem_;
  std::vector<double> point_, gradient_;
  Parameters<T> pieces_;
  std::unique_ptr<Optimizer<T>> optimizer_;
};

}  // namespace ravine::optim::testing
