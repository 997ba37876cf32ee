#include "ravine/autograd/linear.hpp"

#include "ravine/autograd/linear_kernels.hpp"
#include "ravine/autograd/tape.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/matmul.hpp"
#include "ravine/tensor/simd.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

constexpr auto plain = blas::Transpose::no;
constexpr auto transposed = blas::Transpose::yes;

}  // namespace

template <class T>
Variable<T> matmul(const Variable<T>& a, const Variable<T>& b) {
  Tensor<T> y = matmul(a.value(), b.value());  // [m, n] = [m, k] [k, n]
  return record<T>("matmul", std::move(y), {&a, &b},
                   [a = a.value(), b = b.value()](const Backward<T>& backward) {
                     const Tensor<T>& dy = backward.grad();
                     if (backward.needs(0)) {
                       const auto [da, accumulate] = backward.target(0);
                       matmul_into(da, accumulate, dy, b, plain, transposed);  // [m, n] [n, k]
                     }
                     if (backward.needs(1)) {
                       const auto [db, accumulate] = backward.target(1);
                       matmul_into(db, accumulate, a, dy, transposed, plain);  // [k, m] [m, n]
                     }
                   });
}

template <class T>
Variable<T> linear(const Variable<T>& x, const Variable<T>& weight, const Variable<T>& bias,
                   Activation activation) {
  if (x.value().rank() == 0 || weight.value().rank() != 2 ||
      x.shape().back() != weight.shape()[1] || bias.shape() != Shape{weight.shape()[0]})
    throw ShapeError(text("linear: x ", x.shape(), ", weight ", weight.shape(), " and bias ",
                          bias.shape(), " do not fit ([..., in], [out, in] and [out] are wanted)"));
  if (!kernels::is_fused(activation)) return activate(linear(x, weight, bias), activation);

  const std::size_t out = weight.shape()[0];
  const std::size_t in = weight.shape()[1];
  const std::size_t rows = x.shape().without(x.value().rank() - 1).size();
  const Tensor<T> input = x.value().reshape({rows, in});
  Tensor<T> y = matmul(input, weight.value(), plain, transposed);  // [rows, out] = [rows, in] W'
  simd::dispatch([&](auto level) {
    kernels::add_bias_activate<decltype(level)>(activation, y.data(), bias.value().data(), rows,
                                                out);
  });
  Tensor<T> kept = activation == Activation::identity ? Tensor<T>() : y;
  const Shape shape = x.shape().with(x.value().rank() - 1, out);
  return record<T>(
      "linear", y.reshape(shape), {&x, &weight, &bias},
      [input, w = weight.value(), kept = std::move(kept), activation](const Backward<T>& backward) {
        const std::size_t m = input.shape()[0];
        const std::size_t n = w.shape()[0];
        const Tensor<T> dy = backward.grad().reshape({m, n});
        // The kernel walks an output even where the identity reads none.
        const T* output = activation == Activation::identity ? dy.data() : kept.data();
        Tensor<T> dz = activation == Activation::identity ? dy : Tensor<T>::uninitialized({m, n});
        T* bias_grad = nullptr;
        if (backward.needs(2)) {
          const auto [db, accumulate] = backward.target(2);
          if (!accumulate) db.fill(T(0));
          bias_grad = db.data();
        }
        simd::dispatch([&](auto level) {
          kernels::activation_bias_gradient<decltype(level)>(activation, dy.data(), output,
                                                             dz.data(), bias_grad, m, n);
        });
        if (backward.needs(1)) {
          const auto [dw, accumulate] = backward.target(1);
          matmul_into(dw, accumulate, dz, input, transposed, plain);  // [out, in] = dz' x
        }
        if (backward.needs(0)) {
          const auto [dx, accumulate] = backward.target(0);
          Tensor<T> matrix = dx.reshape(input.shape());
          matmul_into(matrix, accumulate, dz, w, plain, plain);  // [rows, in] = dz W
        }
      });
}

template Variable<float> matmul(const Variable<float>&, const Variable<float>&);
template Variable<double> matmul(const Variable<double>&, const Variable<double>&);
template Variable<float> linear(const Variable<float>&, const Variable<float>&,
                                const Variable<float>&, Activation);
template Variable<double> linear(const Variable<double>&, const Variable<double>&,
                                 const Variable<double>&, Activation);

}  // namespace ravine
