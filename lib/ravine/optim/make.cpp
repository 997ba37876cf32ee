#include "ravine/optim/make.hpp"

#include "ravine/optim/registry.hpp"

namespace ravine::optim {

template <class T>
std::unique_ptr<Optimizer<T>> make(std::string_view name, Parameters<T> parameters,
                                   const Settings& settings) {
  return std::get<MakeOptimizer<T>>(find_rule(name).make)(std::move(parameters), settings);
}

template std::unique_ptr<Optimizer<float>> make(std::string_view, Parameters<float>,
                                                const Settings&);
template std::unique_ptr<Optimizer<double>> make(std::string_view, Parameters<double>,
                                                 const Settings&);

}  // namespace ravine::optim
