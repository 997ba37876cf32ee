#include "ravine/optim/make.hpp"

#include "ravine/optim/registry.hpp"
#include "ravine/optim/spec.hpp"

namespace ravine::optim {

template <class T>
std::unique_ptr<Optimizer<T>> make(std::string_view spec_text, const Parameters<T>& parameters,
                                   const Settings& settings, const Groups& groups) {
  Spec spec = parse_spec(spec_text);
  const RuleInfo& rule = find_rule(spec.name);
  spec.settings.insert(spec.settings.end(), settings.begin(), settings.end());
  return std::get<MakeOptimizer<T>>(rule.make)(parameters, spec.settings, groups);
}

template std::unique_ptr<Optimizer<float>> make(std::string_view, const Parameters<float>&,
                                                const Settings&, const Groups&);
template std::unique_ptr<Optimizer<double>> make(std::string_view, const Parameters<double>&,
                                                 const Settings&, const Groups&);

}  // namespace ravine::optim
