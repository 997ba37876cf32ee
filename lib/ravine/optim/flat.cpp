#include "ravine/optim/flat.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace ravine::optim {
namespace {

/// The sum of term(i) for i < n, in several sums at once, which need not wait for each other.
template <class Term>
double sum_of(std::size_t n, Term term) {
  constexpr std::size_t width = 8;
  std::array<double, width> sums{};
  const std::size_t whole = n - n % width;
  for (std::size_t i = 0; i < whole; i += width)
    for (std::size_t lane = 0; lane < width; ++lane) sums[lane] += term(i + lane);
  for (std::size_t i = whole; i < n; ++i) sums[i - whole] += term(i);
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

}  // namespace

template <class T>
std::size_t flat_size(const Parameters<T>& parameters) {
  std::size_t size = 0;
  for (const auto& parameter : parameters) size += parameter->value.size();
  return size;
}

template <class T>
Tensor<T> flat_values(const Parameters<T>& parameters) {
  Tensor<T> flat = Tensor<T>::uninitialized({flat_size(parameters)});
  T* to = flat.data();
  for (const auto& parameter : parameters)
    to = std::copy_n(parameter->value.data(), parameter->value.size(), to);
  return flat;
}

template <class T>
Tensor<T> flat_gradient(const Parameters<T>& parameters) {
  Tensor<T> flat = Tensor<T>::uninitialized({flat_size(parameters)});
  T* to = flat.data();
  for (const auto& parameter : parameters) {
    const std::size_t size = parameter->value.size();
    to = parameter->has_grad ? std::copy_n(parameter->grad.data(), size, to)
                             : std::fill_n(to, size, T(0));
  }
  return flat;
}

template <class T>
void set_flat_values(const Parameters<T>& parameters, const Tensor<T>& flat) {
  const T* from = flat.data();
  for (const auto& parameter : parameters) {
    std::copy_n(from, parameter->value.size(), parameter->value.data());
    from += parameter->value.size();
  }
}

template <class T>
std::vector<Tensor<T>> parts_of(const Tensor<T>& flat, const Parameters<T>& parameters) {
  std::vector<Tensor<T>> parts;
  std::size_t begin = 0;
  for (const auto& parameter : parameters) {
    const std::size_t end = begin + parameter->value.size();
    parts.push_back(flat.rows(begin, end).reshape(parameter->value.shape()));
    begin = end;
  }
  return parts;
}

template <class T>
double dot(const Tensor<T>& x, const Tensor<T>& y) {
  return sum_of(x.size(), [a = x.data(), b = y.data()](std::size_t i) {
    return static_cast<double>(a[i]) * static_cast<double>(b[i]);
  });
}

template <class T>
double norm_1(const Tensor<T>& x) {
  return sum_of(x.size(),
                [a = x.data()](std::size_t i) { return static_cast<double>(std::abs(a[i])); });
}

template <class T>
double norm_infinity(const Tensor<T>& x) {
  T largest = 0;
  for (const T value : x.values()) largest = std::max(largest, std::abs(value));
  return static_cast<double>(largest);
}

template <class T>
void add_scaled(Tensor<T>& y, double a, const Tensor<T>& x) {
  std::ranges::transform(x.values(), y.values(), y.data(),
                         [a = static_cast<T>(a)](T p, T q) { return q + a * p; });
}

template <class T>
void scale(Tensor<T>& x, double a) {
  for (T& value : x.values()) value *= static_cast<T>(a);
}

template std::size_t flat_size(const Parameters<float>&);
template std::size_t flat_size(const Parameters<double>&);
template Tensor<float> flat_values(const Parameters<float>&);
template Tensor<double> flat_values(const Parameters<double>&);
template Tensor<float> flat_gradient(const Parameters<float>&);
template Tensor<double> flat_gradient(const Parameters<double>&);
template void set_flat_values(const Parameters<float>&, const Tensor<float>&);
template void set_flat_values(const Parameters<double>&, const Tensor<double>&);
template std::vector<Tensor<float>> parts_of(const Tensor<float>&, const Parameters<float>&);
template std::vector<Tensor<double>> parts_of(const Tensor<double>&, const Parameters<double>&);
template double dot(const Tensor<float>&, const Tensor<float>&);
template double dot(const Tensor<double>&, const Tensor<double>&);
template double norm_1(const Tensor<float>&);
template double norm_1(const Tensor<double>&);
template double norm_infinity(const Tensor<float>&);
template double norm_infinity(const Tensor<double>&);
template void add_scaled(Tensor<float>&, double, const Tensor<float>&);
template void add_scaled(Tensor<double>&, double, const Tensor<double>&);
template void scale(Tensor<float>&, double);
template void scale(Tensor<double>&, double);

}  // namespace ravine::optim
