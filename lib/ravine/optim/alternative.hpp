#pragma once

#include <type_traits>
#include <variant>
#include <vector>

#include "ravine/optim/field.hpp"
#include "ravine/optim/named.hpp"
#include "ravine/optim/spec.hpp"

namespace ravine::optim {

/// What is known, without its type, of one of the things with fields that a variant holds.
template <class Any>
struct Alternative {
  About about;
  std::vector<FieldInfo> fields;  ///< a spec's value without a name is that of the first
  Any (*make)(const Settings&);   ///< throws UnknownName or InputError
};

template <HasFields... Each>
std::vector<Alternative<std::variant<Each...>>> alternatives(
    std::type_identity<std::variant<Each...>>) {
  using Any = std::variant<Each...>;
  return {{.about = Each::about,
           .fields = infos_of_fields<Each>(),
           .make = [](const Settings& settings) -> Any { return configured<Each>(settings); }}...};
}

/// What a spec names, of some kind, with its settings. Throws UnknownName or InputError.
template <class Any>
Any make_alternative(const std::vector<Alternative<Any>>& rows, std::string_view kind,
                     const Spec& spec) {
  const Alternative<Any>& row = find_named(rows, kind, spec.name);
  return row.make(with_names(spec.settings, spec.name, row.fields));
}

}  // namespace ravine::optim
