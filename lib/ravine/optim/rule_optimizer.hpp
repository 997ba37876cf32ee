#pragma once

#include "ravine/optim/fused_update.hpp"
#include "ravine/optim/typed_optimizer.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::optim {

/// The optimizer that an elementwise rule makes.
template <ElementwiseRule Rule, class T>
class RuleOptimizer final : public TypedOptimizer<Rule, T> {
 public:
  using TypedOptimizer<Rule, T>::TypedOptimizer;

 private:
  void update(std::size_t group, Step step) override {
    WorkList<T>& work = this->collected(group);
    parallel::run(work.cut(), [&](std::size_t part) {
      loops_.update(this->rule(group), step, work.part(part));
    });
  }

  FusedUpdate<Rule, T> loops_ = loops_of<Rule, T>();
};

}  // namespace ravine::optim
