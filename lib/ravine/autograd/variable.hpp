#pragma once

#include <concepts>
#include <memory>
#include <string>
#include <utility>

#include "ravine/tensor/parameter.hpp"
#include "ravine/tensor/tensor.hpp"

namespace ravine {

namespace detail {
template <class T>
struct Node;

/// A counted reference to a node of the tape, from the thread that the tape belongs to.
template <class T>
class NodeRef {
 public:
  NodeRef() = default;
  explicit NodeRef(Node<T>* node);
  NodeRef(const NodeRef& other) : NodeRef(other.node_) {}
  NodeRef(NodeRef&& other) noexcept : node_(std::exchange(other.node_, nullptr)) {}
  NodeRef& operator=(NodeRef other) noexcept {
    std::swap(node_, other.node_);
    return *this;
  }
  ~NodeRef();

  Node<T>* get() const { return node_; }
  /// Gives the reference up without counting it down.
  Node<T>* detach() { return std::exchange(node_, nullptr); }
  Node<T>* operator->() const { return node_; }
  Node<T>& operator*() const { return *node_; }
  explicit operator bool() const { return node_ != nullptr; }

 private:
  Node<T>* node_ = nullptr;
};
}  // namespace detail

struct BackwardOptions {
  /// Keep what the gradients need, so that backward can run through the same graph again.
  bool retain_graph = false;
};

/// A tensor that remembers how it came about, so that gradients can flow back through it.
///
/// Three kinds: a constant (made from a tensor or a number), a parameter (a leaf that gradients
/// collect in), and the result of an operation on others. Copying one copies a reference. Results
/// belong to the thread that made them; constants and parameters may be read from any.
template <class T = float>
class Variable {
 public:
  using value_type = T;

  Variable() = default;
  /// A constant.
  Variable(Tensor<T> value) : value_(std::move(value)) {}
  /// A constant of rank 0.
  template <class Number>
  requires std::integral<Number> || std::floating_point<Number> Variable(Number value)
      : value_(Tensor<T>::scalar(static_cast<T>(value))) {}
  /// A leaf: gradients collect in `parameter->grad`.
  explicit Variable(std::shared_ptr<Parameter<T>> parameter) : parameter_(std::move(parameter)) {}

  const Tensor<T>& value() const { return parameter_ ? parameter_->value : value_; }
  const Shape& shape() const { return value().shape(); }
  /// The only element. Throws ShapeError unless there is exactly one.
  T item() const { return value().item(); }

  /// Whether a backward pass from here, or through here, reaches a parameter.
  bool requires_grad() const { return parameter_ || node_; }
  /// The gradient collected in a parameter. Throws StateError where there is none.
  const Tensor<T>& grad() const;
  /// The parameter of a leaf, otherwise null.
  const std::shared_ptr<Parameter<T>>& parameter() const { return parameter_; }
  /// The same value as a constant.
  Variable detach() const { return value(); }

  /// Adds d this / d p to the gradient of every parameter p that this single number depends on.
  ///
  /// Frees the graph on its way unless told to retain it. Throws ShapeError for more than one
  /// number, and StateError for a constant and for a graph that was freed.
  void backward(BackwardOptions options = {}) const;

  /// The place on the tape, null for constants and leaves; operations use it to record themselves.
  const detail::NodeRef<T>& node() const { return node_; }
  Variable(Tensor<T> value, detail::NodeRef<T> node)
      : value_(std::move(value)), node_(std::move(node)) {}

  // Friends, so that tensors and numbers convert: `2 * x + tensor`. See elementwise.hpp.
  friend Variable operator-(const Variable& x) { return neg(x); }
  friend Variable operator+(const Variable& a, const Variable& b) { return add(a, b); }
  friend Variable operator-(const Variable& a, const Variable& b) { return subtract(a, b); }
  friend Variable operator*(const Variable& a, const Variable& b) { return multiply(a, b); }
  friend Variable operator/(const Variable& a, const Variable& b) { return divide(a, b); }

 private:
  Tensor<T> value_;
  std::shared_ptr<Parameter<T>> parameter_;
  detail::NodeRef<T> node_;
};

template <class T>
Variable<T> neg(const Variable<T>& x);
template <class T>
Variable<T> add(const Variable<T>& a, const Variable<T>& b);
template <class T>
Variable<T> subtract(const Variable<T>& a, const Variable<T>& b);
template <class T>
Variable<T> multiply(const Variable<T>& a, const Variable<T>& b);
template <class T>
Variable<T> divide(const Variable<T>& a, const Variable<T>& b);

/// A leaf with this value.
template <class T>
Variable<T> parameter(Tensor<T> value, std::string name = "parameter") {
  return Variable<T>(std::make_shared<Parameter<T>>(std::move(name), std::move(value)));
}

extern template class Variable<float>;
extern template class Variable<double>;
extern template class detail::NodeRef<float>;
extern template class detail::NodeRef<double>;

}  // namespace ravine
