#include "ravine/report/warnings.hpp"

#include <algorithm>
#include <array>

#include "ravine/report/number.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::report {
namespace {

const std::array<std::string, 3> simd_names{std::string(simd::Baseline::name),
                                            std::string(simd::Avx2::name),
                                            std::string(simd::Avx512::name)};

Warning of_simd(const std::string& wanted, const Machine& machine) {
  const std::string set = "RAVINE_SIMD=" + wanted;
  const std::string& used = machine.environment.simd;
  const auto place = std::ranges::find(simd_names, wanted);
  if (place == simd_names.end())
    return {.what = text(set, " is no instruction set, and ", used, " is used"),
            .remedy = text("unset it or correct it", suggestion(wanted, simd_names))};
  if (place > std::ranges::find(simd_names, machine.best_simd))
    return {
        .what = text(set, " is more than this processor and build have, and ", used, " is used"),
        .remedy = "unset it"};
  return {.what = text(set, " keeps ravine's own kernels from ", machine.best_simd),
          .remedy = "unset it"};
}

void add_of_variables(std::vector<Warning>& warnings, const Machine& machine) {
  const Environment& environment = machine.environment;
  for (const auto& [name, value] : machine.variables) {
    if (name == "RAVINE_SIMD") {
      if (value != machine.best_simd) warnings.push_back(of_simd(value, machine));
    } else if (name == "OPENBLAS_CORETYPE") {
      warnings.push_back({.what = text(name, "=", value, " makes OpenBLAS use the kernels of ",
                                       environment.blas_core, ", whatever this processor is"),
                          .remedy = "unset it"});
    } else if (name == "OPENBLAS_L2_SIZE") {
      warnings.push_back({.what = text(name, "=", value,
                                       " makes OpenBLAS cut its work for another cache than this "
                                       "processor's"),
                          .remedy = "unset it"});
    } else if (value != "1") {  // one thread for BLAS is what ravine gives it
      warnings.push_back(
          {.what = text(name, "=", value, " changes nothing: ravine computes on ",
                        environment.threads, " of its own threads, with OpenBLAS at one in each"),
           .remedy = "unset it and give --threads"});
    }
  }
}

void add_of_build(std::vector<Warning>& warnings, const Build& build) {
  constexpr const char* remedy = "build with -DCMAKE_BUILD_TYPE=Release";
  if (!build.optimized)
    warnings.push_back({.what = "this is a debug build, not optimised", .remedy = remedy});
  else if (build.assertions)
    warnings.push_back({.what = "this build checks assertions", .remedy = remedy});
  if (!build.sanitizer.empty())
    warnings.push_back({.what = text("this build has the ", build.sanitizer, " sanitizer in it"),
                        .remedy = text(remedy, " and without -fsanitize")});
}

void add_of_cores(std::vector<Warning>& warnings, const Machine& machine, const Speed& speed) {
  const std::size_t threads = machine.environment.threads;
  if (threads > machine.usable_cores) {
    warnings.push_back({.what = text(threads, " threads share the ", machine.usable_cores,
                                     " cores that this process may use"),
                        .remedy = text("give --threads ", machine.usable_cores)});
    return;
  }
  // A quarter of a core is what a desktop takes.
  const auto left = static_cast<double>(machine.all_cores) - speed.cores_taken + 0.25;
  if (left < static_cast<double>(threads))
    warnings.push_back({.what = text("others kept ", fixed(speed.cores_taken, 1), " of ",
                                     machine.all_cores, " cores busy while this was measured"),
                        .remedy = threads > 1 ? "wait for them to end, or give fewer --threads"
                                              : "wait for them to end"});
}

}  // namespace

std::vector<Warning> warnings_of(const Machine& machine, const Speed& speed) {
  std::vector<Warning> warnings;
  add_of_variables(warnings, machine);
  add_of_build(warnings, machine.build);
  add_of_cores(warnings, machine, speed);
  return warnings;
}

}  // namespace ravine::report
