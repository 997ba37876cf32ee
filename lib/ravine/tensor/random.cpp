// This file is compiled without contraction of a*b + c, so that every platform rounds alike.
#include "ravine/tensor/random.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

namespace ravine {
namespace {

/// SplitMix64 (Steele, Lea and Flood, 2014): neighbouring seeds give unrelated engines.
std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

/// The natural logarithm from + - * / alone, whose rounding IEEE 754 fixes, for x in (0, 1]:
/// x = m 2^e with m in [sqrt(1/2), sqrt(2)), log m = 2 atanh((m - 1) / (m + 1)).
double portable_log(double x) {
  constexpr double log_2 = 0.693147180559945309417232;
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.707106781186547524) {
    m *= 2;
    --exponent;
  }
  const double s = (m - 1) / (m + 1);
  double sum = 0;
  for (int power = 25; power >= 1; power -= 2) sum = sum * (s * s) + 1.0 / power;
  return exponent * log_2 + 2 * s * sum;
}

double polynomial(double x, const std::array<double, 8>& coefficients) {
  double sum = 0;
  for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c) sum = sum * x + *c;
  return sum;
}

/// The value that a standard normal variable stays below with probability p, to 16 digits:
/// Wichura (1988), Algorithm AS 241, routine PPND16; its three pairs of rational approximations.
double normal_quantile(double p) {
  constexpr std::array<double, 8> a{3.3871328727963666080e0, 1.3314166789178437745e2,
                                    1.9715909503065514427e3, 1.3731693765509461125e4,
                                    4.5921953931549871457e4, 6.7265770927008700853e4,
                                    3.3430575583588128105e4, 2.5090809287301226727e3};
  constexpr std::array<double, 8> b{1.0,
                                    4.2313330701600911252e1,
                                    6.8718700749205790830e2,
                                    5.3941960214247511077e3,
                                    2.1213794301586595867e4,
                                    3.9307895800092710610e4,
                                    2.8729085735721942674e4,
                                    5.2264952788528545610e3};
  constexpr std::array<double, 8> c{1.42343711074968357734e0,  4.63033784615654529590e0,
                                    5.76949722146069140550e0,  3.64784832476320460504e0,
                                    1.27045825245236838258e0,  2.41780725177450611770e-1,
                                    2.27238449892691845833e-2, 7.74545014278341407640e-4};
  constexpr std::array<double, 8> d{1.0,
                                    2.05319162663775882187e0,
                                    1.67638483018380384940e0,
                                    6.89767334985100004550e-1,
                                    1.48103976427480074590e-1,
                                    1.51986665636164571966e-2,
                                    5.47593808499534494600e-4,
                                    1.05075007164441684324e-9};
  constexpr std::array<double, 8> e{6.65790464350110377720e0,  5.46378491116411436990e0,
                                    1.78482653991729133580e0,  2.96560571828504891230e-1,
                                    2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                    2.71155556874348757815e-5, 2.01033439929228813265e-7};
  constexpr std::array<double, 8> f{1.0,
                                    5.99832206555887937690e-1,
                                    1.36929880922735805310e-1,
                                    1.48753612908506148525e-2,
                                    7.86869131145613259100e-4,
                                    1.84631831751005468180e-5,
                                    1.42151175831644588870e-7,
                                    2.04426310338993978564e-15};
  const double q = p - 0.5;
  if (std::abs(q) <= 0.425) {
    const double r = 0.180625 - q * q;
    return q * polynomial(r, a) / polynomial(r, b);
  }
  const double r = std::sqrt(-portable_log(q < 0 ? p : 1 - p));
  const double tail = r <= 5 ? polynomial(r - 1.6, c) / polynomial(r - 1.6, d)
                             : polynomial(r - 5, e) / polynomial(r - 5, f);
  return q < 0 ? -tail : tail;
}

}  // namespace

Generator::Generator(std::uint64_t seed, std::uint64_t stream) : engine_(mix(seed ^ mix(stream))) {}

double Generator::uniform() { return static_cast<double>(engine_() >> 11U) * 0x1p-53; }

std::size_t Generator::below(std::size_t count) {
  // The high half of a 128-bit product is uniform once the few low halves that would make some
  // values likelier are drawn again; they are below n, and only then the division is worth its time
  // (Lemire, 2019, Fast Random Integer Generation in an Interval).
  __extension__ using Wide = unsigned __int128;
  const std::uint64_t n = count;  // in 64 bits, however wide a size is
  const auto draw = [&] { return static_cast<Wide>(engine_()) * n; };
  Wide product = draw();
  if (static_cast<std::uint64_t>(product) < n)
    for (const std::uint64_t biased = -n % n; static_cast<std::uint64_t>(product) < biased;)
      product = draw();
  return static_cast<std::size_t>(product >> 64U);
}

double Generator::normal() {
  // The middle of each of 2^52 cells, which a double holds exactly (of 2^53 it would not): never 0
  // or 1, where the quantile is infinite, and the same distances from both.
  return normal_quantile((static_cast<double>(engine_() >> 12U) + 0.5) * 0x1p-52);
}

void Generator::shuffle(std::span<std::size_t> items) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
}

std::vector<std::size_t> Generator::permutation(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  shuffle(order);
  return order;
}

Generator& default_generator() {
  thread_local Generator generator(0);
  return generator;
}

void manual_seed(std::uint64_t seed) { default_generator() = Generator(seed); }

template <class T>
void fill_uniform(Tensor<T>& tensor, double low, double high, Generator& generator) {
  for (T& x : tensor.values()) x = static_cast<T>(low + (high - low) * generator.uniform());
}

template <class T>
void fill_normal(Tensor<T>& tensor, double mean, double standard_deviation, Generator& generator) {
  for (T& x : tensor.values()) x = static_cast<T>(mean + standard_deviation * generator.normal());
}

template void fill_uniform(Tensor<float>&, double, double, Generator&);
template void fill_uniform(Tensor<double>&, double, double, Generator&);
template void fill_normal(Tensor<float>&, double, double, Generator&);
template void fill_normal(Tensor<double>&, double, double, Generator&);

}  // namespace ravine
