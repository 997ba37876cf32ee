#include "ravine/optim/fused_update.hpp"

#include "ravine/tensor/simd.hpp"

namespace ravine::optim {

const FusedUpdates& fused_updates() {
  return simd::dispatch(
      [](auto level) -> const FusedUpdates& { return fused_updates_for<decltype(level)>(); });
}

}  // namespace ravine::optim
