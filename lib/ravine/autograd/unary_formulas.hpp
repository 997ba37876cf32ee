#pragma once

#include <tuple>
#include <xsimd/xsimd.hpp>

#include "ravine/tensor/vector_math.hpp"

// Each operation of one operand: its value and its gradient, next to each other, as formulas of
// vectors. `dx` is dL/dx from dy = dL/dy; `keeps` says which of x and y it reads.
// Internal to *.simd.cpp.

namespace ravine::formulas {

enum class Keeps { nothing, input, output };

struct Neg {
  static constexpr const char* name = "neg";
  static constexpr Keeps keeps = Keeps::nothing;
  template <class T>
  static auto y(const auto& x) {
    return -x;
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto&) {
    return -dy;
  }
};

struct Exp {
  static constexpr const char* name = "exp";
  static constexpr Keeps keeps = Keeps::output;
  template <class T>
  static auto y(const auto& x) {
    return math::exp(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto& y) {
    return dy * y;
  }
};

struct Log {
  static constexpr const char* name = "log";
  static constexpr Keeps keeps = Keeps::input;
  template <class T>
  static auto y(const auto& x) {
    return math::log(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto& x, const auto&) {
    return dy / x;
  }
};

struct Sqrt {
  static constexpr const char* name = "sqrt";
  static constexpr Keeps keeps = Keeps::output;
  template <class T>
  static auto y(const auto& x) {
    return sqrt(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto& y) {
    return T(0.5) * dy / y;
  }
};

struct Abs {
  static constexpr const char* name = "abs";
  static constexpr Keeps keeps = Keeps::input;
  template <class T>
  static auto y(const auto& x) {
    return abs(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto& x, const auto&) {
    return math::where(x > T(0), dy, math::where(x < T(0), -dy, T(0)));
  }
};

struct Sin {
  static constexpr const char* name = "sin";
  static constexpr Keeps keeps = Keeps::input;
  template <class T>
  static auto y(const auto& x) {
    return sin(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto& x, const auto&) {
    return dy * cos(x);
  }
};

struct Cos {
  static constexpr const char* name = "cos";
  static constexpr Keeps keeps = Keeps::input;
  template <class T>
  static auto y(const auto& x) {
    return cos(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto& x, const auto&) {
    return -dy * sin(x);
  }
};

struct Tanh {
  static constexpr const char* name = "tanh";
  static constexpr Keeps keeps = Keeps::output;
  template <class T>
  static auto y(const auto& x) {
    return math::tanh(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto& y) {
    return dy * (T(1) - y * y);
  }
};

struct Sigmoid {
  static constexpr const char* name = "sigmoid";
  static constexpr Keeps keeps = Keeps::output;
  template <class T>
  static auto y(const auto& x) {
    return math::sigmoid(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto& y) {
    return dy * y * (T(1) - y);
  }
};

/// Written so that NaN stays NaN, which training stops at.
struct Relu {
  static constexpr const char* name = "relu";
  static constexpr Keeps keeps = Keeps::output;
  template <class T>
  static auto y(const auto& x) {
    return math::where(x < T(0), T(0), x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto&, const auto& y) {
    return math::where(y <= T(0), T(0), dy);
  }
};

/// y = x Phi(x), dy/dx = Phi(x) + x phi(x), with the normal distribution Phi and its density phi.
struct Gelu {
  static constexpr const char* name = "gelu";
  static constexpr Keeps keeps = Keeps::input;
  static constexpr double density_at_0 = 0.39894228040143267794;
  template <class T>
  static auto y(const auto& x) {
    return x * math::normal(x).probability;
  }
  template <class T>
  static auto dx(const auto& dy, const auto& x, const auto&) {
    const auto normal = math::normal(x);
    return dy * (normal.probability + x * T(density_at_0) * normal.exponential);
  }
};

struct Softplus {
  static constexpr const char* name = "softplus";
  static constexpr Keeps keeps = Keeps::input;
  template <class T>
  static auto y(const auto& x) {
    return math::softplus(x);
  }
  template <class T>
  static auto dx(const auto& dy, const auto& x, const auto&) {
    return dy * math::sigmoid(x);
  }
};

using Unary = std::tuple<Neg, Exp, Log, Sqrt, Abs, Sin, Cos, Tanh, Sigmoid, Relu, Gelu, Softplus>;

}  // namespace ravine::formulas
