#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <ostream>
#include <random>
#include <span>
#include <vector>

#include "ravine/tensor/tensor.hpp"

namespace ravine {

/// Random numbers whose sequences are the same on every platform: the engine is the standard's
/// mt19937_64, and the distributions are ours, since the standard leaves its own to each library.
class Generator {
 public:
  /// Streams of one seed are independent: one for the weights, one for the shuffling, and so on.
  explicit Generator(std::uint64_t seed, std::uint64_t stream = 0);

  std::uint64_t bits() { return engine_(); }
  /// Uniform in [0, 1), a multiple of 2^-53.
  double uniform();
  /// Uniform in {0, ..., count - 1}, without bias (Lemire, 2019). `count` is at least 1.
  std::size_t below(std::size_t count);
  /// Standard normal, by the inverse of the distribution function (Wichura, 1988, AS 241).
  double normal();
  /// Brings the items into a uniformly random order (Fisher and Yates).
  void shuffle(std::span<std::size_t> items);
  /// A uniformly random order of 0, ..., count - 1.
  std::vector<std::size_t> permutation(std::size_t count);

  /// Writes the state down as text and reads it back.
  friend std::ostream& operator<<(std::ostream& out, const Generator& g) {
    return out << g.engine_;
  }
  friend std::istream& operator>>(std::istream& in, Generator& g) { return in >> g.engine_; }

 private:
  std::mt19937_64 engine_;
};

/// The generator of this thread, which initial weights and dropout draw from unless told otherwise.
Generator& default_generator();
/// Starts this thread's default generator anew.
void manual_seed(std::uint64_t seed);

/// Sets every element to a draw from [low, high), rounded to T (and so, at times, to `high`).
template <class T>
void fill_uniform(Tensor<T>& tensor, double low, double high, Generator& generator);
/// Sets every element to a draw from the normal distribution.
template <class T>
void fill_normal(Tensor<T>& tensor, double mean, double standard_deviation, Generator& generator);

}  // namespace ravine
