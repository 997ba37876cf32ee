#include "ravine/autograd/grad_mode.hpp"

#include <utility>

namespace ravine {
namespace {
thread_local bool enabled = true;
}

bool grad_enabled() { return enabled; }

NoGrad::NoGrad() : before_(std::exchange(enabled, false)) {}
NoGrad::~NoGrad() { enabled = before_; }

}  // namespace ravine
