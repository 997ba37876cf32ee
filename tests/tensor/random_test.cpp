#include "ravine/tensor/random.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <sstream>
#include <thread>
#include <tuple>
#include <utility>

namespace ravine {
namespace {

using testing::ElementsAre;

// Statistical tests have fixed seeds; their limits are those that a right generator exceeds with a
// probability of about 1e-6.

/// The largest distance between the distribution function of the draws and the true one
/// (Kolmogorov), times sqrt(n): above 2.7 with probability 2 exp(-2 * 2.7^2) = 1e-6.
double kolmogorov_distance(std::vector<double> draws, const std::function<double(double)>& cdf) {
  std::ranges::sort(draws);
  const auto n = static_cast<double>(draws.size());
  double distance = 0;
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const double p = cdf(draws[i]);
    distance =
        std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return distance * std::sqrt(n);
}
constexpr double kolmogorov_limit = 2.7;

/// The sum of (count - expected)^2 / expected over equally likely cells, as a standard normal
/// deviate (Wilson and Hilferty, 1931).
double chi_square_deviate(const std::vector<std::size_t>& counts) {
  const auto total =
      static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
  const double expected = total / static_cast<double>(counts.size());
  double sum = 0;
  for (const std::size_t count : counts)
    sum += std::pow(static_cast<double>(count) - expected, 2) / expected;
  const double freedom = static_cast<double>(counts.size()) - 1;
  const double spread = 2 / (9 * freedom);
  return (std::cbrt(sum / freedom) - (1 - spread)) / std::sqrt(spread);
}
constexpr double deviate_limit = 5;

std::vector<double> draws(std::size_t count, const std::function<double()>& draw) {
  std::vector<double> values(count);
  std::ranges::generate(values, draw);
  return values;
}

/// x with Phi(x) = p, by bisection of the complementary error function in long double.
long double bisected_normal_quantile(long double p) {
  const bool upper = p > 0.5L;
  if (upper) p = 1 - p;  // exact: p is a multiple of 2^-53
  long double low = -10;
  long double high = 0;
  for (int i = 0; i < 80; ++i) {
    const long double middle = (low + high) / 2;
    (std::erfc(-middle / std::sqrt(2.0L)) / 2 < p ? low : high) = middle;
  }
  return upper ? -low : low;
}

TEST(Generator, EngineIsTheStandards) {
  // [rand.predef]: the 10000th value of a default-constructed mt19937_64. Written into a generator
  // as its state, the engine must go on in the same way.
  std::stringstream state;
  state << std::mt19937_64();
  Generator generator(99);
  state >> generator;
  for (int i = 1; i < 10'000; ++i) generator.bits();
  EXPECT_EQ(generator.bits(), 9981545732273789042U);
}

TEST(Generator, SeedsTheEngineBySplitMix) {
  // SplitMix64's published first output from state 0 is 0xe220a8397b1dcdaf; stream 0 of seed s
  // starts the engine with mix(s ^ mix(0)).
  const auto mix = [](std::uint64_t x) {
    x += 0x9e3779b97f4a7c15U;
    x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
    return x ^ (x >> 31U);
  };
  ASSERT_EQ(mix(0), 0xe220a8397b1dcdafU);
  for (const std::uint64_t seed : {0ULL, 1ULL, 123456789ULL}) {
    std::mt19937_64 engine(mix(seed ^ mix(3)));
    Generator generator(seed, 3);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(generator.bits(), engine());
  }
}

TEST(Generator, SeedsAndStreamsDiffer) {
  std::map<std::uint64_t, int> first;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (std::uint64_t stream = 0; stream < 100; ++stream) ++first[Generator(seed, stream).bits()];
  EXPECT_EQ(first.size(), 10'000u);
}

TEST(Generator, StreamsAreUncorrelated) {
  for (const std::uint64_t stream : {1, 2, 1000}) {
    Generator a(7, 0);
    Generator b(7, stream);
    constexpr int n = 100'000;
    double product = 0;
    for (int i = 0; i < n; ++i) product += (a.uniform() - 0.5) * (b.uniform() - 0.5);
    EXPECT_LT(std::abs(product * 12 / std::sqrt(n)), deviate_limit);
  }
}

TEST(Generator, UniformIsUniform) {
  Generator generator(1);
  const auto values = draws(100'000, [&] { return generator.uniform(); });
  EXPECT_LT(kolmogorov_distance(values, [](double x) { return x; }), kolmogorov_limit);
  EXPECT_GE(*std::ranges::min_element(values), 0);
  EXPECT_LT(*std::ranges::max_element(values), 1);
  for (const double value : values) EXPECT_EQ(value * 0x1p53, std::floor(value * 0x1p53));
}

TEST(Generator, NormalIsNormal) {
  Generator generator(2);
  const auto values = draws(200'000, [&] { return generator.normal(); });
  const auto cdf = [](double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; };
  EXPECT_LT(kolmogorov_distance(values, cdf), kolmogorov_limit);
  // Moments 0, 1, 0, 3, with variances 1, 2, 15 and 96 of a single draw's power.
  const std::vector<double> moments{0, 1, 0, 3};
  const std::vector<double> variances{1, 2, 15, 96};
  for (std::size_t power = 1; power <= 4; ++power) {
    double sum = 0;
    for (const double x : values) sum += std::pow(x, power);
    const auto n = static_cast<double>(values.size());
    EXPECT_LT(std::abs(sum / n - moments[power - 1]) / std::sqrt(variances[power - 1] / n),
              deviate_limit)
        << "moment " << power;
  }
}

TEST(Generator, NormalIsTheInverseOfTheDistributionFunction) {
  // The same bits through the independent inverse, to a few units in the last place.
  Generator generator(3);
  Generator same(3);
  for (int i = 0; i < 5000; ++i) {
    const auto cell = static_cast<long double>(same.bits() >> 12U) + 0.5L;
    const long double exact = bisected_normal_quantile(cell * 0x1p-52L);
    ASSERT_NEAR(generator.normal(), static_cast<double>(exact),
                4e-16 + 1e-15 * static_cast<double>(std::abs(exact)));
  }
}

TEST(Generator, NormalIsRightInTheTails) {
  // A few of two million draws lie beyond 4.5, where other branches compute the quantile.
  Generator generator(4);
  Generator same(4);
  double smallest = 0;
  for (int i = 0; i < 2'000'000; ++i) {
    const std::uint64_t bits = same.bits();
    const double drawn = generator.normal();
    if (std::abs(drawn) < 4.5) continue;
    const long double p = (static_cast<long double>(bits >> 12U) + 0.5L) * 0x1p-52L;
    ASSERT_NEAR(drawn, static_cast<double>(bisected_normal_quantile(p)), 5e-15);
    smallest = std::min(smallest, drawn);
  }
  EXPECT_LT(smallest, -4.5);
}

TEST(Generator, BelowStaysBelowAndIsUniform) {
  Generator generator(5);
  for (const std::size_t count : {1, 2, 3, 7, 10, 100}) {
    std::vector<std::size_t> counts(count);
    for (int i = 0; i < 50'000; ++i) {
      const std::size_t value = generator.below(count);
      ASSERT_LT(value, count);
      ++counts[value];
    }
    if (count > 1) {
      EXPECT_LT(std::abs(chi_square_deviate(counts)), deviate_limit) << count;
    }
  }
}

TEST(Generator, BelowIsUnbiasedForHugeCounts) {
  // Below 3 * 2^62 a quarter of the words must be drawn again: without that, each second value of
  // the lower half would be likelier, and the mean lower by an eighth.
  Generator generator(6);
  const std::size_t count = std::size_t{3} << 62U;
  std::vector<std::size_t> thirds(3);
  std::vector<std::size_t> low_bits(8);
  for (int i = 0; i < 60'000; ++i) {
    const std::size_t value = generator.below(count);
    ASSERT_LT(value, count);
    ++thirds[value / (count / 3)];
    ++low_bits[value % 8];
  }
  EXPECT_LT(std::abs(chi_square_deviate(thirds)), deviate_limit);
  EXPECT_LT(std::abs(chi_square_deviate(low_bits)), deviate_limit);
}

TEST(Generator, BelowIsTheHighHalfOfAProductDrawnAgainWhereBiased) {
  // Written out in halves of 32 bits: word * count = high 2^64 + low, again while low is one of the
  // 2^64 mod count smallest.
  const auto high_and_low = [](std::uint64_t x, std::uint64_t y) {
    const std::uint64_t mask = 0xFFFFFFFFU;
    const std::uint64_t low = (x & mask) * (y & mask);
    const std::uint64_t middle = (x >> 32U) * (y & mask) + (low >> 32U);
    const std::uint64_t other = (x & mask) * (y >> 32U) + (middle & mask);
    return std::pair((x >> 32U) * (y >> 32U) + (middle >> 32U) + (other >> 32U), x * y);
  };
  for (const std::uint64_t count : {1ULL, 2ULL, 3ULL, 10ULL, 1503ULL, 60'000ULL, 1ULL << 40U,
                                    (1ULL << 63U) + 1, 3ULL << 62U, ~0ULL}) {
    Generator generator(11);
    Generator same(11);
    const std::uint64_t biased = (~count + 1) % count;
    for (int i = 0; i < 2000; ++i) {
      auto [high, low] = high_and_low(same.bits(), count);
      while (low < biased) std::tie(high, low) = high_and_low(same.bits(), count);
      ASSERT_EQ(generator.below(count), high) << count;
    }
    EXPECT_EQ(generator.bits(), same.bits()) << "as many words were drawn";
  }
}

TEST(Generator, PermutationsAreUniform) {
  Generator generator(7);
  std::map<std::vector<std::size_t>, std::size_t> seen;
  for (int i = 0; i < 48'000; ++i) ++seen[generator.permutation(4)];
  ASSERT_EQ(seen.size(), 24u);
  std::vector<std::size_t> counts;
  for (const auto& [order, count] : seen) counts.push_back(count);
  EXPECT_LT(std::abs(chi_square_deviate(counts)), deviate_limit);
}

TEST(Generator, PermutationsHoldEveryNumberOnce) {
  Generator generator(8);
  for (const std::size_t count : {0, 1, 2, 1000}) {
    auto order = generator.permutation(count);
    std::ranges::sort(order);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(order[i], i);
    EXPECT_EQ(order.size(), count);
  }
}

TEST(Generator, StateIsSavedAndRestored) {
  Generator generator(9);
  for (int i = 0; i < 1000; ++i) generator.normal();
  std::stringstream state;
  state << generator;
  Generator restored(0);
  state >> restored;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_EQ(generator.bits(), restored.bits());
    ASSERT_EQ(generator.normal(), restored.normal());
    ASSERT_EQ(generator.below(17), restored.below(17));
  }
}

TEST(Generator, ABrokenStateIsNoticed) {
  std::istringstream state("1 2 three");
  Generator generator(0);
  state >> generator;
  EXPECT_TRUE(state.fail());
}

TEST(Generator, SequencesNeverChange) {
  // Golden values of this generator: a run's weights and batches follow from them, so a change
  // breaks every seed that anyone wrote down.
  Generator generator(1);
  EXPECT_EQ(generator.bits(), 10276022874973721191U);
  EXPECT_EQ(generator.uniform(), 0x1.5e3713640a5c1p-1);
  EXPECT_EQ(generator.normal(), -0x1.6eb6f700f974cp+0);
  EXPECT_EQ(generator.below(1000), 125u);
  EXPECT_THAT(generator.permutation(6), ElementsAre(1, 2, 0, 5, 3, 4));
}

TEST(ManualSeed, StartsThisThreadsGeneratorAnew) {
  manual_seed(5);
  const auto first = default_generator().bits();
  EXPECT_EQ(first, Generator(5).bits());
  std::uint64_t elsewhere = 0;
  std::thread([&] {
    manual_seed(6);
    elsewhere = default_generator().bits();
  }).join();
  EXPECT_EQ(elsewhere, Generator(6).bits());
  EXPECT_NE(default_generator().bits(), first);
  manual_seed(5);
  EXPECT_EQ(default_generator().bits(), first);
}

TEST(Fill, DrawsEachElementFromTheDistribution) {
  Generator generator(10);
  auto uniform = Tensor<float>::uninitialized({300, 100});
  fill_uniform(uniform, -3, 5, generator);
  EXPECT_LT(kolmogorov_distance({uniform.values().begin(), uniform.values().end()},
                                [](double x) { return (x + 3) / 8; }),
            kolmogorov_limit);
  auto normal = Tensor<double>::uninitialized({300, 100});
  fill_normal(normal, 2, 0.5, generator);
  EXPECT_LT(kolmogorov_distance(
                normal.to_vector(),
                [](double x) { return std::erfc(-(x - 2) / (0.5 * std::sqrt(2.0))) / 2; }),
            kolmogorov_limit);
}

}  // namespace
}  // namespace ravine
