#include "ravine/data/utf8.hpp"

namespace ravine::data {
namespace {

/// What may follow a leading byte: so many bytes, the first of them in [low, high] and the others
/// in [80, BF]. The narrower ranges leave out what has a shorter form, surrogates, and what is
/// beyond U+10FFFF.
struct Tail {
  std::size_t length;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

Tail tail_of(unsigned char lead) {
  if (lead == 0xE0) return {.length = 2, .low = 0xA0};
  if (lead == 0xED) return {.length = 2, .high = 0x9F};
  if (lead == 0xF0) return {.length = 3, .low = 0x90};
  if (lead == 0xF4) return {.length = 3, .high = 0x8F};
  if (lead >= 0xC2 && lead < 0xE0) return {.length = 1};
  if (lead >= 0xE0 && lead < 0xF0) return {.length = 2};
  if (lead > 0xF0 && lead < 0xF4) return {.length = 3};
  return {.length = 0};
}

/// The bytes of the character that the text starts with; 0 where it starts with none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  if (byte(0) < 0x80) return 1;
  const Tail tail = tail_of(byte(0));
  if (tail.length == 0 || text.size() <= tail.length) return 0;
  if (byte(1) < tail.low || byte(1) > tail.high) return 0;
  for (std::size_t i = 2; i <= tail.length; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF) return 0;
  return tail.length + 1;
}

}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
  std::size_t valid = 0;
  while (valid < text.size()) {
    const std::size_t length = character_length(text.substr(valid));
    if (length == 0) break;
    valid += length;
  }
  return valid;
}

}  // namespace ravine::data
