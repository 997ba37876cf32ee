#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "ravine/optim/setting.hpp"

namespace ravine::optim {

/// A thing and how it is set up, as people write it: `adam:lr=1e-3,beta2=0.99`, `warmup:500`.
struct Spec {
  std::string name;
  Settings settings = {};  ///< a value without a name has the empty one

  friend bool operator==(const Spec&, const Spec&) = default;
};

/// `adam:lr=0.001,beta2=0.99`.
std::ostream& operator<<(std::ostream& out, const Spec& spec);

/// Which colon ends the name: a pattern may have others in it.
enum class Colon { first, last };

/// Blanks around the pieces do not count. Throws InputError.
Spec parse_spec(std::string_view text, Colon end_of_name = Colon::first);
/// Reads specs with commas between them: in `adam:lr=1e-3,beta2=0.99,sgd`, a piece that has a value
/// but no colon belongs to the spec before it. Throws InputError.
std::vector<Spec> parse_specs(std::string_view text);

}  // namespace ravine::optim
