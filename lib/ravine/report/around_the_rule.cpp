#include "ravine/report/around_the_rule.hpp"

#include "ravine/optim/spec.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {

std::string around_text(const optim::Groups& groups, const train::FitOptions& fit) {
  const std::string by = text(" by the ", train::name_of(fit.schedule_unit));
  std::vector<std::string> parts;
  for (const optim::Group& group : groups)
    parts.push_back(text("group ", optim::Spec{group.pattern, group.settings}));
  if (fit.schedule) parts.push_back(text("schedule ", *fit.schedule, by));
  if (fit.momentum_schedule)
    parts.push_back(text("momentum schedule ", *fit.momentum_schedule, by));
  if (fit.clip_value)
    parts.push_back(text("gradient elements within ±", optim::Value(*fit.clip_value)));
  if (fit.clip_norm) parts.push_back(text("gradient norm at most ", optim::Value(*fit.clip_norm)));
  if (fit.average) parts.push_back(text("weights averaged by ", *fit.average));
  return joined(parts, "; ");
}

std::string batches_text(const train::FitOptions& fit) {
  return fit.accumulate == 1 ? text("batches of ", fit.batch_size)
                             : text(fit.accumulate, " batches of ", fit.batch_size);
}

}  // namespace ravine::report
