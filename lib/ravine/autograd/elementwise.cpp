#include "ravine/autograd/elementwise.hpp"

#include "ravine/autograd/binary_formulas.hpp"
#include "ravine/autograd/elementwise_kernels.hpp"
#include "ravine/autograd/tape.hpp"
#include "ravine/autograd/unary_formulas.hpp"
#include "ravine/tensor/simd.hpp"

namespace ravine {
namespace {

using formulas::Keeps;

template <class Formula, class T>
Variable<T> unary(const Variable<T>& x) {
  const auto& kernel = simd::dispatch([](auto level) -> const kernels::UnaryKernel<T>& {
    return kernels::unary<decltype(level), T>(kernels::index_in<Formula, formulas::Unary>);
  });
  Tensor<T> y = Tensor<T>::uninitialized(x.shape());
  kernel.y(x.value().data(), y.data(), y.size());
  Tensor<T> kept;
  if (Formula::keeps == Keeps::input) kept = x.value();
  if (Formula::keeps == Keeps::output) kept = y;
  return record<T>(Formula::name, std::move(y), {&x},
                   [kept = std::move(kept), &kernel](const Backward<T>& backward) {
                     const Tensor<T>& dy = backward.grad();
                     Tensor<T> dx = Tensor<T>::uninitialized(dy.shape());
                     kernel.dx(dy.data(), kept.data(), kept.data(), dx.data(), dx.size());
                     backward.add(0, std::move(dx));
                   });
}

template <class Formula, class T>
Variable<T> binary(const Variable<T>& a, const Variable<T>& b) {
  const auto& kernel = simd::dispatch([](auto level) -> const kernels::BinaryKernel<T>& {
    return kernels::binary<decltype(level), T>(kernels::index_in<Formula, formulas::Binary>);
  });
  Tensor<T> y = Tensor<T>::uninitialized(broadcast(a.shape(), b.shape(), Formula::name));
  const RowPlan plan(a.shape(), b.shape(), y.shape());
  kernel.y(plan, a.value().data(), b.value().data(), y.data());
  Tensor<T> kept_a;
  Tensor<T> kept_b;
  if (Formula::keeps_operands) {
    kept_a = a.value();
    kept_b = b.value();
  }
  return record<T>(Formula::name, std::move(y), {&a, &b},
                   [kept_a = std::move(kept_a), kept_b = std::move(kept_b), &kernel,
                    a_shape = a.shape(), b_shape = b.shape()](const Backward<T>& backward) {
                     const Tensor<T>& dy = backward.grad();
                     const RowPlan rows(a_shape, b_shape, dy.shape());
                     // The kernels read an element of each operand even where a formula does not.
                     const T* x1 = Formula::keeps_operands ? kept_a.data() : dy.data();
                     const T* x2 = Formula::keeps_operands ? kept_b.data() : dy.data();
                     if (backward.needs(0)) {
                       Tensor<T> da = Tensor<T>::uninitialized(dy.shape());
                       kernel.da(rows, dy.data(), x1, x2, da.data());
                       backward.add(0, std::move(da));
                     }
                     if (backward.needs(1)) {
                       Tensor<T> db = Tensor<T>::uninitialized(dy.shape());
                       kernel.db(rows, dy.data(), x1, x2, db.data());
                       backward.add(1, std::move(db));
                     }
                   });
}

}  // namespace

template <class T>
Variable<T> neg(const Variable<T>& x) {
  return unary<formulas::Neg>(x);
}
template <class T>
Variable<T> exp(const Variable<T>& x) {
  return unary<formulas::Exp>(x);
}
template <class T>
Variable<T> log(const Variable<T>& x) {
  return unary<formulas::Log>(x);
}
template <class T>
Variable<T> sqrt(const Variable<T>& x) {
  return unary<formulas::Sqrt>(x);
}
template <class T>
Variable<T> abs(const Variable<T>& x) {
  return unary<formulas::Abs>(x);
}
template <class T>
Variable<T> sin(const Variable<T>& x) {
  return unary<formulas::Sin>(x);
}
template <class T>
Variable<T> cos(const Variable<T>& x) {
  return unary<formulas::Cos>(x);
}
template <class T>
Variable<T> tanh(const Variable<T>& x) {
  return unary<formulas::Tanh>(x);
}
template <class T>
Variable<T> sigmoid(const Variable<T>& x) {
  return unary<formulas::Sigmoid>(x);
}
template <class T>
Variable<T> relu(const Variable<T>& x) {
  return unary<formulas::Relu>(x);
}
template <class T>
Variable<T> gelu(const Variable<T>& x) {
  return unary<formulas::Gelu>(x);
}
template <class T>
Variable<T> softplus(const Variable<T>& x) {
  return unary<formulas::Softplus>(x);
}

template <class T>
Variable<T> add(const Variable<T>& a, const Variable<T>& b) {
  return binary<formulas::Add>(a, b);
}
template <class T>
Variable<T> subtract(const Variable<T>& a, const Variable<T>& b) {
  return binary<formulas::Subtract>(a, b);
}
template <class T>
Variable<T> multiply(const Variable<T>& a, const Variable<T>& b) {
  return binary<formulas::Multiply>(a, b);
}
template <class T>
Variable<T> divide(const Variable<T>& a, const Variable<T>& b) {
  return binary<formulas::Divide>(a, b);
}
template <class T>
Variable<T> pow(const Variable<T>& a, const std::type_identity_t<Variable<T>>& b) {
  return binary<formulas::Pow>(a, b);
}
template <class T>
Variable<T> maximum(const Variable<T>& a, const std::type_identity_t<Variable<T>>& b) {
  return binary<formulas::Maximum>(a, b);
}
template <class T>
Variable<T> minimum(const Variable<T>& a, const std::type_identity_t<Variable<T>>& b) {
  return binary<formulas::Minimum>(a, b);
}
template <class T>
Variable<T> leaky_relu(const Variable<T>& x, const std::type_identity_t<Variable<T>>& slope) {
  return binary<formulas::LeakyRelu>(x, slope);
}

template Variable<float> neg(const Variable<float>&);
template Variable<double> neg(const Variable<double>&);
template Variable<float> exp(const Variable<float>&);
template Variable<double> exp(const Variable<double>&);
template Variable<float> log(const Variable<float>&);
template Variable<double> log(const Variable<double>&);
template Variable<float> sqrt(const Variable<float>&);
template Variable<double> sqrt(const Variable<double>&);
template Variable<float> abs(const Variable<float>&);
template Variable<double> abs(const Variable<double>&);
template Variable<float> sin(const Variable<float>&);
template Variable<double> sin(const Variable<double>&);
template Variable<float> cos(const Variable<float>&);
template Variable<double> cos(const Variable<double>&);
template Variable<float> tanh(const Variable<float>&);
template Variable<double> tanh(const Variable<double>&);
template Variable<float> sigmoid(const Variable<float>&);
template Variable<double> sigmoid(const Variable<double>&);
template Variable<float> relu(const Variable<float>&);
template Variable<double> relu(const Variable<double>&);
template Variable<float> gelu(const Variable<float>&);
template Variable<double> gelu(const Variable<double>&);
template Variable<float> softplus(const Variable<float>&);
template Variable<double> softplus(const Variable<double>&);

template Variable<float> add(const Variable<float>&, const Variable<float>&);
template Variable<double> add(const Variable<double>&, const Variable<double>&);
template Variable<float> subtract(const Variable<float>&, const Variable<float>&);
template Variable<double> subtract(const Variable<double>&, const Variable<double>&);
template Variable<float> multiply(const Variable<float>&, const Variable<float>&);
template Variable<double> multiply(const Variable<double>&, const Variable<double>&);
template Variable<float> divide(const Variable<float>&, const Variable<float>&);
template Variable<double> divide(const Variable<double>&, const Variable<double>&);
template Variable<float> pow(const Variable<float>&, const Variable<float>&);
template Variable<double> pow(const Variable<double>&, const Variable<double>&);
template Variable<float> maximum(const Variable<float>&, const Variable<float>&);
template Variable<double> maximum(const Variable<double>&, const Variable<double>&);
template Variable<float> minimum(const Variable<float>&, const Variable<float>&);
template Variable<double> minimum(const Variable<double>&, const Variable<double>&);
template Variable<float> leaky_relu(const Variable<float>&, const Variable<float>&);
template Variable<double> leaky_relu(const Variable<double>&, const Variable<double>&);

}  // namespace ravine
