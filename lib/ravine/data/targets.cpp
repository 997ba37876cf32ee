#include "ravine/data/targets.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "ravine/data/number.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::data {
namespace {

/// More different numbers than this are taken for measurements.
constexpr std::size_t most_classes = 20;

bool look_like_classes(std::span<const double> numbers) {
  constexpr std::size_t examples_per_class = 5;
  std::set<double> distinct;
  for (const double number : numbers) {
    if (number != std::floor(number)) return false;
    distinct.insert(number);
    if (distinct.size() > most_classes) return false;
  }
  return distinct.size() <= 2 || distinct.size() * examples_per_class <= numbers.size();
}

bool has_many_different(std::span<const double> numbers) {
  return std::set<double>(numbers.begin(), numbers.end()).size() > most_classes;
}

void require_two_classes(std::span<const std::string> class_names, std::string_view where) {
  if (class_names.size() == 1)
    throw InputError(text(where, " holds one class only ('", class_names.front(),
                          "'), classification needs at least two"));
}

}  // namespace

Targets encode_numbers(std::span<const double> numbers, std::optional<Task> task,
                       std::string_view where, TaskFrom task_from) {
  Targets targets{.task = Task::regression,
                  .class_names = {},
                  .values = Tensor<float>::uninitialized({numbers.size()})};
  if (task_from == TaskFrom::model && has_many_different(numbers)) task = Task::regression;
  const bool classes = task ? *task == Task::classification : look_like_classes(numbers);
  if (!classes) {
    for (std::size_t i = 0; i < numbers.size(); ++i)
      targets.values[i] = static_cast<float>(numbers[i]);
    return targets;
  }
  targets.task = Task::classification;
  std::map<double, float> index;
  for (const double number : numbers) index.try_emplace(number, 0.0F);
  const auto fraction = std::ranges::find_if(numbers, [](double x) { return x != std::floor(x); });
  if (index.size() > most_classes && fraction != numbers.end())
    throw InputError(text(where, ": ", index.size(), " different numbers such as ",
                          printed(*fraction),
                          " are no classes (predict a number with linear or mlp)"));
  for (auto& [number, position] : index) {
    position = static_cast<float>(targets.class_names.size());
    targets.class_names.push_back(printed(number));
  }
  require_two_classes(targets.class_names, where);
  for (std::size_t i = 0; i < numbers.size(); ++i) targets.values[i] = index.at(numbers[i]);
  return targets;
}

Targets encode_labels(std::span<const std::string> labels, std::string_view where) {
  const std::set<std::string> distinct(labels.begin(), labels.end());
  Targets targets{.task = Task::classification,
                  .class_names = {distinct.begin(), distinct.end()},
                  .values = Tensor<float>::uninitialized({labels.size()})};
  require_two_classes(targets.class_names, where);
  const ClassIndex classes(targets.class_names);
  for (std::size_t i = 0; i < labels.size(); ++i) targets.values[i] = *classes.find(labels[i]);
  return targets;
}

ClassIndex::ClassIndex(std::span<const std::string> class_names) {
  for (const std::string& name : class_names)
    index_.emplace(name, static_cast<float>(index_.size()));
}

std::optional<float> ClassIndex::find(std::string_view label) const {
  auto found = index_.find(label);
  if (found == index_.end())
    if (const auto number = parse_number(label)) found = index_.find(printed(*number));
  if (found == index_.end()) return std::nullopt;
  return found->second;
}

}  // namespace ravine::data
