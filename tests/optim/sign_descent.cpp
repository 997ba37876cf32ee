#include "optim/sign_descent.hpp"

#include "ravine/optim/registry.hpp"

namespace ravine::optim::testing {
namespace {

// Before main, so that every test over the registry runs it as well.
const bool registered = (register_rule<SignDescent>(), true);

}  // namespace
}  // namespace ravine::optim::testing
