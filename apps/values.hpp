#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "ravine/autograd/activation.hpp"
#include "ravine/compare/protocol.hpp"
#include "ravine/compare/sweep.hpp"
#include "ravine/data/missing.hpp"
#include "ravine/optim/group.hpp"
#include "ravine/optim/spec.hpp"
#include "ravine/train/fit.hpp"
#include "ravine/train/model.hpp"

// What stands behind an option as text, and back. Lists are separated by commas.

namespace ravine::apps {

/// Throws InputError, or UnknownName with the nearest one that is known.
template <class T>
T parsed(const std::string& text);

template <>
std::string parsed(const std::string& text);
template <>
std::filesystem::path parsed(const std::string& text);
template <>
double parsed(const std::string& text);
template <>
std::optional<double> parsed(const std::string& text);
template <>
std::size_t parsed(const std::string& text);
/// Of which there must be 1 or more.
std::size_t parsed_count(const std::string& text);
template <>
std::optional<std::size_t> parsed(const std::string& text);
template <>
std::vector<double> parsed(const std::string& text);
template <>
std::vector<std::string> parsed(const std::string& text);
template <>
std::vector<std::size_t> parsed(const std::string& text);
template <>
std::optional<std::vector<std::size_t>> parsed(const std::string& text);
template <>
train::ModelKind parsed(const std::string& text);
template <>
Activation parsed(const std::string& text);
template <>
std::optional<data::Task> parsed(const std::string& text);
template <>
data::Missing parsed(const std::string& text);
template <>
optim::Setting parsed(const std::string& text);
template <>
optim::Group parsed(const std::string& text);
template <>
optim::Spec parsed(const std::string& text);
template <>
std::vector<optim::Spec> parsed(const std::string& text);
template <>
std::optional<optim::Schedule> parsed(const std::string& text);
template <>
std::optional<optim::AverageKind> parsed(const std::string& text);
template <>
train::Unit parsed(const std::string& text);
template <>
compare::Search parsed(const std::string& text);
/// `0.95`, or `accuracy=0.95`.
template <>
std::optional<compare::Target> parsed(const std::string& text);
template <>
std::vector<compare::AskedRange> parsed(const std::string& text);
/// `2/4` is the second of four.
template <>
std::optional<compare::Shard> parsed(const std::string& text);

static_assert(std::is_same_v<std::size_t, std::uint64_t>, "a seed is parsed as a count is");

/// As the help shows it; empty for what has no value yet.
inline std::string shown(const std::string& value) { return value; }
inline std::string shown(const std::filesystem::path& value) { return value.string(); }
std::string shown(double value);
std::string shown(std::size_t value);
inline std::string shown(const std::optional<double>&) { return ""; }
inline std::string shown(const std::optional<std::size_t>&) { return ""; }
inline std::string shown(const std::vector<std::string>&) { return ""; }
inline std::string shown(const std::vector<double>&) { return ""; }
inline std::string shown(const std::optional<std::vector<std::size_t>>&) { return ""; }
inline std::string shown(const std::optional<optim::Schedule>&) { return ""; }
inline std::string shown(const std::optional<optim::AverageKind>&) { return ""; }
std::string shown(const optim::Spec& value);
std::string shown(const std::vector<optim::Spec>& value);
std::string shown(train::Unit value);
std::string shown(compare::Search value);
inline std::string shown(const std::optional<compare::Target>&) { return ""; }
inline std::string shown(const std::optional<compare::Shard>&) { return ""; }
std::string shown(train::ModelKind value);
std::string shown(Activation value);
inline std::string shown(const std::optional<data::Task>&) { return ""; }
std::string shown(data::Missing value);

}  // namespace ravine::apps
