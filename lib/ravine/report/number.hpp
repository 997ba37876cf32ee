#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Numbers as people read them, whatever the locale. What is not a number is `nan`, of either sign.

namespace ravine::report {

/// So many digits after the point: `fixed(0.97183, 4)` is 0.9718.
std::string fixed(double number, int decimals);
/// At most so many digits that count, trailing zeros left out: `significant(0.001234, 3)` is
/// 0.00123.
std::string significant(double number, int digits = 4);
/// The three digits that count of a figure in a sentence.
std::string readable(double number);
/// Three digits that count, and no power of ten for thousands: `13.1`, `1,470`.
std::string short_text(double number);
/// The shortest text that reads back as the same number.
std::string exact(double number);
/// 60,000
std::string grouped(std::size_t count);
/// `3 seeds`, `1 seed`.
std::string counted(std::size_t count, std::string_view what);
/// Seconds as 0:07, 12:34 or 1:02:03.
std::string clock_time(double seconds);

}  // namespace ravine::report
