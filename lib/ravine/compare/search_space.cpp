#include "ravine/compare/search_space.hpp"

#include <algorithm>
#include <cmath>

#include "ravine/optim/common_fields.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::compare {
namespace {

/// Of a learning rate, on each side of the default.
constexpr double factor_around_default = 100;

/// A value on the axis along which the range is divided evenly, in decades where it is logarithmic.
double on_axis(Scale scale, double x) {
  switch (scale) {
    case Scale::log:
      return std::log10(x);
    case Scale::log_gap:
      return -std::log10(1 - x);
    case Scale::linear:
      break;
  }
  return x;
}

double from_axis(Scale scale, double place) {
  switch (scale) {
    case Scale::log:
      return std::pow(10, place);
    case Scale::log_gap:
      return 1 - std::pow(10, -place);
    case Scale::linear:
      break;
  }
  return place;
}

/// The nearest number with so many decimals that `size` shows three digits that count.
double rounded(double x, double size) {
  constexpr double digits = 3;
  const double unit = std::pow(10, std::abs(digits - 1 - std::floor(std::log10(std::abs(size)))));
  // Dividing by a whole number gives the double next to the decimal one, multiplying by 0.001 not.
  return std::abs(size) < std::pow(10, digits) ? std::round(x * unit) / unit
                                               : std::round(x / unit) * unit;
}

/// What is kept of the past lies below 1, other positive numbers go over decades.
Scale scale_of(const optim::Range& allowed, double low) {
  if (allowed.high == 1 && !allowed.has_high) return Scale::log_gap;
  const bool unbounded = std::isinf(allowed.high);
  return unbounded && !allowed.whole && low > 0 ? Scale::log : Scale::linear;
}

Dimension dimension_of(const optim::FieldInfo& field, double low, double high) {
  return {.field = std::string(field.name),
          .low = low,
          .high = high,
          .scale = scale_of(field.allowed, low),
          .allowed = field.allowed,
          .standard = field.standard.number()};
}

bool sets(const optim::Spec& contender, const optim::FieldInfo& field) {
  return std::ranges::any_of(contender.settings, [&](const optim::Setting& setting) {
    return field.is_named(setting.name);
  });
}

/// The field's own span, if it has one; two decades around its default for a learning rate.
std::optional<optim::Span> span_of(const optim::FieldInfo& field) {
  if (field.tuned || field.name != optim::lr_name) return field.tuned;
  const double standard = field.standard.number();
  if (standard <= 0) return {};
  return optim::Span{.low = standard / factor_around_default,
                     .high = standard * factor_around_default};
}

void check_range(const AskedRange& range, const optim::FieldInfo& field) {
  const std::string where =
      text("--range ", range.optimizer, ":", range.field, "=", range.low, "..", range.high, ": ");
  if (!field.standard.is_number()) throw InputError(where + "only numbers have a range to search");
  if (!(range.low < range.high)) throw InputError(where + "the first end must be below the second");
  for (const double end : {range.low, range.high})
    if (!field.allowed.contains(end))
      throw InputError(text(where, "the ends must be in ", field.range, ", ", end, " is not"));
}

/// `0.001..0.1`. Throws InputError.
optim::Span parse_span(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == std::string_view::npos)
    throw InputError(ravine::text("'", text, "' must be two ends, as in 0.001..0.1"));
  return {.low = optim::parse_value(text.substr(0, dots)).number(),
          .high = optim::parse_value(text.substr(dots + 2)).number()};
}

}  // namespace

const char* name_of(Scale scale) {
  switch (scale) {
    case Scale::log:
      return "log";
    case Scale::log_gap:
      return "log_gap";
    case Scale::linear:
      break;
  }
  return "linear";
}

double Dimension::at(double place) const {
  const double value =
      from_axis(scale, std::lerp(on_axis(scale, low), on_axis(scale, high), place));
  if (allowed.whole) return std::round(value);
  const double size = scale == Scale::log_gap ? 1 - value
                      : scale == Scale::log   ? value
                                              : high - low;
  return std::clamp(rounded(value, size), low, high);
}

double Dimension::length() const { return on_axis(scale, high) - on_axis(scale, low); }

std::optional<Dimension> strip_beyond(const Dimension& dimension, End end) {
  const optim::Range& allowed = dimension.allowed;
  const double step = strip_share * dimension.length();
  const auto moved = [&](double from, double by) {
    const double x = from_axis(dimension.scale, on_axis(dimension.scale, from) + by);
    return allowed.whole ? std::round(x) : x;
  };
  Dimension strip = dimension;
  if (end == End::low) {
    strip.high = dimension.low;
    strip.low = moved(dimension.low, -step);
    if (!allowed.contains(strip.low)) strip.low = allowed.low;
  } else {
    strip.low = dimension.high;
    strip.high = moved(dimension.high, step);
    if (!allowed.contains(strip.high)) strip.high = allowed.high;
  }
  const bool possible =
      strip.low < strip.high && allowed.contains(strip.low) && allowed.contains(strip.high);
  return possible ? std::optional(strip) : std::nullopt;
}

std::vector<AskedRange> parse_ranges(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0)
    throw InputError(
        ravine::text("'", text, "' must be as in adam:lr=1e-4..1e-1,beta2=0.9..0.999"));
  std::vector<AskedRange> ranges;
  for (const std::string_view part : split(text.substr(colon + 1), ',')) {
    const std::string_view piece = trimmed(part);
    const std::size_t equals = piece.find('=');
    if (equals == std::string_view::npos || equals == 0)
      throw InputError(ravine::text("'", piece,
                                    "' must be a field and its range, as in "
                                    "lr=0.001..0.1"));
    const optim::Span span = parse_span(piece.substr(equals + 1));
    ranges.push_back({.optimizer = std::string(trimmed(text.substr(0, colon))),
                      .field = std::string(piece.substr(0, equals)),
                      .low = span.low,
                      .high = span.high});
  }
  return ranges;
}

SearchSpace space_of(const optim::Spec& contender, const std::vector<AskedRange>& asked) {
  const optim::RuleInfo& rule = optim::find_rule(contender.name);
  const optim::Spec named{contender.name,
                          optim::with_names(contender.settings, contender.name, rule.fields)};
  std::vector<const AskedRange*> wanted(rule.fields.size(), nullptr);
  for (const AskedRange& range : asked) {
    if (range.optimizer != contender.name) continue;
    const optim::FieldInfo& field = optim::field_named(rule, range.field);
    check_range(range, field);
    const AskedRange*& place = wanted[static_cast<std::size_t>(&field - rule.fields.data())];
    if (place != nullptr)
      throw InputError(text("--range ", range.optimizer, ":", range.field, ": was given twice"));
    place = &range;
  }
  SearchSpace space;
  for (std::size_t i = 0; i < rule.fields.size(); ++i) {
    const optim::FieldInfo& field = rule.fields[i];
    if (sets(named, field)) continue;
    if (wanted[i] != nullptr)
      space.push_back(dimension_of(field, wanted[i]->low, wanted[i]->high));
    else if (const auto span = span_of(field))
      space.push_back(dimension_of(field, span->low, span->high));
  }
  // Of ranges, clang 14 cannot use what g++ 12 returns here.
  std::stable_partition(space.begin(), space.end(), [](const Dimension& dimension) {
    return dimension.field == optim::lr_name;
  });
  return space;
}

void check_that_all_are_used(const std::vector<AskedRange>& asked,
                             const std::vector<optim::Spec>& contenders) {
  for (const AskedRange& range : asked) {
    const bool used = std::ranges::any_of(contenders, [&](const optim::Spec& contender) {
      return std::ranges::any_of(space_of(contender, asked), [&](const Dimension& dimension) {
        return contender.name == range.optimizer &&
               optim::field_named(optim::find_rule(contender.name), range.field)
                   .is_named(dimension.field);
      });
    });
    if (!used)
      throw InputError(
          text("--range ", range.optimizer, ":", range.field, ": no optimizer '", range.optimizer,
               "' takes part that leaves it open (optimizers: ", joined(contenders), ")"));
  }
}

}  // namespace ravine::compare
