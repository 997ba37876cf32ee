#include "ravine/optim/field.hpp"

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::optim {

void check_number(std::string_view rule, std::string_view name, const Range& range, Value value) {
  if (!value.is_flag() && range.contains(value.number())) return;
  throw InputError(text(rule, ": ", name, " must be in ", range, ", ", value, " was given"));
}

void check_flag(std::string_view rule, std::string_view name, Value value) {
  if (value.is_flag() || value.number() == 0 || value.number() == 1) return;
  throw InputError(text(rule, ": ", name, " must be true or false, ", value, " was given"));
}

void throw_unknown_field(std::string_view rule, std::string_view name,
                         const std::vector<std::string>& known) {
  throw UnknownName(text(rule, ": unknown hyper-parameter '", name, "'", suggestion(name, known)));
}

}  // namespace ravine::optim
