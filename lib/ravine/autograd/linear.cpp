#include "ravine/autograd/linear.hpp"

#include <array>

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

/// The columns of a block in a matrix of as many columns as the block's product has.
kernels::Window window_of(const Block& block, std::size_t stride) {
  return {.rows = block.rows.size(), .columns = block.columns.size(), .stride = stride};
}

/// y = act(x W' + b): [rows, out] = [rows, in] [in, out]. A thread finishes its block of y while it
/// is in the cache.
template <class T>
void compute(Tensor<T>& y, Activation activation, const Tensor<T>& x, const Tensor<T>& w,
             const Tensor<T>& b) {
  const blas::Product<T> whole = product(y, false, x, w, plain, transposed);
  const std::size_t parts = parts_for(whole);
  parallel::run(parts, [&](std::size_t part) {
    const Block block = block_of(whole, parts, part);
    const blas::Product<T> piece = parts == 1 ? whole : restricted(whole, block);
    blas::multiply(piece);
    simd::dispatch([&](auto level) {
      kernels::add_bias_activate<decltype(level)>(
          activation, piece.c, b.data() + block.columns.begin, window_of(block, whole.n));
    });
  });
}

/// The gradients of `compute`, given its input, weight and output.
template <class T>
void send_back(const Backward<T>& backward, Activation activation, const Tensor<T>& x,
               const Tensor<T>& w, const Tensor<T>& y) {
  const std::size_t rows = x.shape()[0];
  const std::size_t out = w.shape()[0];
  const Tensor<T>& upstream = backward.grad();
  const bool is_matrix = upstream.rank() == 2;
  const Tensor<T> reshaped = is_matrix ? Tensor<T>() : upstream.reshape({rows, out});
  const Tensor<T>& dy = is_matrix ? upstream : reshaped;

  // dz = dy act'(y), and db, its sum over the rows: every thread has columns of its own.
  const bool is_identity = activation == Activation::identity;
  Tensor<T> made = is_identity ? Tensor<T>() : Tensor<T>::uninitialized({rows, out});
  const Tensor<T>& dz = is_identity ? dy : made;
  const T* output = is_identity ? dy.data() : y.data();
  T* db = nullptr;
  bool db_accumulates = false;
  if (backward.needs(2)) {
    const auto [grad, accumulate] = backward.target(2);
    db = grad.data();
    db_accumulates = accumulate;
  }
  constexpr std::size_t least_elements = 32768;
  constexpr std::size_t unit = 16;
  const std::size_t column_parts = parallel::parts_for(dz.size(), least_elements);
  parallel::run(column_parts, [&](std::size_t part) {
    const auto [begin, end] = parallel::part_of(out, column_parts, part, unit);
    const kernels::Window window{.rows = rows, .columns = end - begin, .stride = out};
    simd::dispatch([&, begin = begin](auto level) {
      using Level = decltype(level);
      if (!is_identity)
        kernels::activation_gradient<Level>(activation, dy.data() + begin, output + begin,
                                            made.data() + begin, window);
      if (db != nullptr)
        kernels::bias_gradient<Level>(dz.data() + begin, db + begin, db_accumulates, window);
    });
  });

  // dW [out, in] = dz' x and dx [rows, in] = dz W do not wait for each other.
  std::array<blas::Product<T>, 2> products;
  std::size_t count = 0;
  if (backward.needs(1)) {
    const auto [dw, accumulate] = backward.target(1);
    products[count++] = product(dw, accumulate, dz, x, transposed, plain);
  }
  if (backward.needs(0)) {
    const auto [grad, accumulate] = backward.target(0);
    if (grad.rank() == 2) {
      products[count++] = product(grad, accumulate, dz, w, plain, plain);
    } else {
      Tensor<T> dx = grad.reshape(x.shape());
      products[count++] = product(dx, accumulate, dz, w, plain, plain);
    }
  }
  // Where x is the weight itself, both products write to one gradient: equal extents are cut into
  // equal blocks, and a thread computes its blocks one after the other.
  multiply_all<T>(std::span(products.data(), count));
}

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
  const bool is_matrix = x.value().rank() == 2;
  const std::size_t rows =
      is_matrix ? x.shape()[0] : x.shape().without(x.value().rank() - 1).size();
  Tensor<T> input = is_matrix ? x.value() : x.value().reshape({rows, in});
  Tensor<T> y = Tensor<T>::uninitialized({rows, out});
  compute(y, activation, input, weight.value(), bias.value());
  // The gradient follows from the output; that of the identity does not even need this.
  Tensor<T> kept = activation == Activation::identity ? Tensor<T>() : y;
  if (!is_matrix) y = y.reshape(x.shape().with(x.value().rank() - 1, out));
  return record<T>("linear", std::move(y), {&x, &weight, &bias},
                   [x = std::move(input), w = weight.value(), y = std::move(kept), activation](
                       const Backward<T>& backward) { send_back(backward, activation, x, w, y); });
}

template Variable<float> matmul(const Variable<float>&, const Variable<float>&);
template Variable<double> matmul(const Variable<double>&, const Variable<double>&);
template Variable<float> linear(const Variable<float>&, const Variable<float>&,
                                const Variable<float>&, Activation);
template Variable<double> linear(const Variable<double>&, const Variable<double>&,
                                 const Variable<double>&, Activation);

}  // namespace ravine
