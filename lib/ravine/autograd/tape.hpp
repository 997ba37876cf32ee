#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <new>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "ravine/autograd/variable.hpp"

// What an operation needs to put itself on the tape; see `record`.
//
// The tape of a thread is a list of its living nodes in the order they were made. That order is
// topological, so a backward pass is one walk from the result to the front: no sort, no recursion.
// A node lives while a variable or a later node refers to it, and then goes to a list of spare
// nodes, so that a training step makes its nodes from memory that is kept.

namespace ravine {

/// What the gradient of an operation sees while the walk is at its node.
template <class T>
class Backward {
 public:
  explicit Backward(detail::Node<T>& node) : node_(node) {}

  /// d loss / d output.
  const Tensor<T>& grad() const;
  /// Whether the gradient with respect to input number `input` is wanted.
  bool needs(std::size_t input) const;
  /// Adds to d loss / d input. A gradient of the broadcast shape is summed down to the input's.
  void add(std::size_t input, Tensor<T> gradient) const;

  /// The buffer of d loss / d input, for operations that write into it directly: all of it, over
  /// what is there, or adding where `accumulate` says so.
  struct Target {
    Tensor<T>& grad;
    bool accumulate;
  };
  Target target(std::size_t input) const;

 private:
  detail::Node<T>& node_;
};

namespace detail {

/// What a node depends on: an earlier node, or a parameter, or neither (a constant).
template <class T>
struct Input {
  NodeRef<T> node;
  std::shared_ptr<Parameter<T>> parameter;
};

template <class T>
struct Tape;

template <class T>
struct Node {
  static constexpr std::size_t closure_bytes = 512;

  std::size_t references = 0;
  Tape<T>* tape = nullptr;
  Node* previous = nullptr;
  Node* next = nullptr;
  const char* operation = "";
  Shape shape;
  std::vector<Input<T>> inputs;
  Tensor<T> grad;
  bool has_grad = false;

  /// The gradient function, in place; `run` is null once it was freed.
  void (*run)(void* closure, const Backward<T>& backward) = nullptr;
  void (*destroy)(void* closure) = nullptr;
  alignas(std::max_align_t) std::array<std::byte, closure_bytes> closure;
};

/// A new node at the end of this thread's tape, or none where no input needs a gradient or
/// recording is off. Throws StateError for an input that another thread recorded.
template <class T>
NodeRef<T> append_node(const char* operation, const Shape& shape,
                       std::span<const Variable<T>* const> inputs);

}  // namespace detail

/// The result of an operation, with `gradient(const Backward<T>&)` to run when the walk reaches it.
/// The gradient function holds by value the tensors it needs, and nothing more.
template <class T, class Gradient>
Variable<T> record(const char* operation, Tensor<T> value,
                   std::span<const Variable<T>* const> inputs, Gradient gradient) {
  static_assert(sizeof(Gradient) <= detail::Node<T>::closure_bytes, "keep less for the gradient");
  static_assert(alignof(Gradient) <= alignof(std::max_align_t));
  static_assert(std::is_nothrow_move_constructible_v<Gradient>);
  detail::NodeRef<T> node = detail::append_node<T>(operation, value.shape(), inputs);
  if (node) {
    new (node->closure.data()) Gradient(std::move(gradient));
    node->run = [](void* closure, const Backward<T>& backward) {
      (*static_cast<Gradient*>(closure))(backward);
    };
    node->destroy = [](void* closure) { static_cast<Gradient*>(closure)->~Gradient(); };
  }
  return Variable<T>(std::move(value), std::move(node));
}

template <class T, class Gradient>
Variable<T> record(const char* operation, Tensor<T> value,
                   std::initializer_list<const Variable<T>*> inputs, Gradient gradient) {
  return record<T>(operation, std::move(value), std::span(inputs.begin(), inputs.size()),
                   std::move(gradient));
}

extern template class Backward<float>;
extern template class Backward<double>;

}  // namespace ravine
