#include "ravine/lab/instruction.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

#include "ravine/autograd/elementwise.hpp"

namespace ravine::lab {
namespace {

Variable<double> tangent(const Variable<double>& x) { return sin(x) / cos(x); }

constexpr std::pair<std::string_view, Unary> functions[] = {
    {"sin", sin<double>}, {"cos", cos<double>}, {"tan", tangent},       {"tanh", tanh<double>},
    {"exp", exp<double>}, {"log", log<double>}, {"sqrt", sqrt<double>}, {"abs", abs<double>}};

constexpr std::pair<std::string_view, double> constants[] = {{"pi", std::numbers::pi},
                                                             {"e", std::numbers::e}};

/// By squaring. The rounding grows with the exponent, but no faster than that of the base does.
Variable<double> whole_power(const Variable<double>& base, std::int64_t exponent) {
  if (exponent < 0) return 1 / whole_power(base, -exponent);
  if (exponent == 0) return 1;
  Variable<double> square = base;
  for (; exponent % 2 == 0; exponent /= 2) square = square * square;
  Variable<double> result = square;
  while (exponent /= 2) {
    square = square * square;
    if (exponent % 2 != 0) result = result * square;
  }
  return result;
}

Variable<double> taken_off(Stack& stack) {
  Variable<double> value = std::move(stack.back());
  stack.pop_back();
  return value;
}

}  // namespace

std::size_t operands_of(const Instruction& instruction) {
  if (std::holds_alternative<Unary>(instruction)) return 1;
  return std::holds_alternative<Binary>(instruction) ? 2 : 0;
}

void execute(const Instruction& instruction, std::span<const Variable<double>> coordinates,
             Stack& stack) {
  if (const auto* number = std::get_if<double>(&instruction)) {
    stack.emplace_back(*number);
  } else if (const auto* coordinate = std::get_if<Coordinate>(&instruction)) {
    stack.push_back(coordinates[coordinate->index]);
  } else if (const auto* unary = std::get_if<Unary>(&instruction)) {
    stack.back() = (*unary)(stack.back());
  } else {
    const Variable<double> right = taken_off(stack);
    stack.back() = std::get<Binary>(instruction)(stack.back(), right);
  }
}

Variable<double> power(const Variable<double>& a, const Variable<double>& b) {
  constexpr double largest = 9007199254740992;  // 2^53: every whole number up to here is exact
  if (!b.requires_grad() && b.value().size() == 1) {
    const double exponent = b.item();
    if (exponent == std::trunc(exponent) && std::abs(exponent) <= largest)
      return whole_power(a, static_cast<std::int64_t>(exponent));
  }
  return pow(a, b);
}

Unary function_named(std::string_view name) {
  const auto* found =
      std::ranges::find(functions, name, [](const auto& function) { return function.first; });
  return found == std::end(functions) ? nullptr : found->second;
}

const double* constant_named(std::string_view name) {
  const auto* found =
      std::ranges::find(constants, name, [](const auto& constant) { return constant.first; });
  return found == std::end(constants) ? nullptr : &found->second;
}

std::span<const std::string> known_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list{"w1"};
    for (const auto& [name, function] : functions) list.emplace_back(name);
    for (const auto& [name, value] : constants) list.emplace_back(name);
    return list;
  }();
  return names;
}

}  // namespace ravine::lab
