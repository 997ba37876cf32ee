#include "ravine/compare/protocol.hpp"

#include <algorithm>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::compare {

void check(const Options& options) {
  if (options.contenders.empty()) throw InputError("compare: no optimizers were named");
  for (const Contender& contender : options.contenders)
    if (std::ranges::count(options.contenders, contender) > 1)
      throw InputError(text("compare: optimizer '", contender, "' was named twice"));
  if (options.tuning.trials == 0)
    throw InputError("compare: trials must be at least 1, 0 was given (1: nothing is tuned)");
  if (options.seeds == 0) throw InputError("compare: seeds must be at least 1, 0 was given");
  if (!(options.validation > 0 && options.validation < 1))
    throw InputError(text("compare: the validation fraction must be in (0, 1), ",
                          options.validation,
                          " was given: settings are selected by the validation part"));
  check_that_all_are_used(options.ranges, options.contenders);
}

}  // namespace ravine::compare
