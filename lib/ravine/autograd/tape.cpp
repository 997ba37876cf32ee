#include "ravine/autograd/tape.hpp"

#include <algorithm>

#include "ravine/autograd/grad_mode.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/reduce.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace detail {

template <class T>
struct Tape {
  Node<T>* last = nullptr;
  Node<T>* spare = nullptr;

  ~Tape() {
    // Nodes that outlive their thread are on no tape and free themselves.
    for (Node<T>* node = last; node != nullptr; node = node->previous) node->tape = nullptr;
    while (spare != nullptr) delete std::exchange(spare, spare->next);
  }

  static Tape& of_this_thread() {
    thread_local Tape tape;
    return tape;
  }

  Node<T>* append() {
    Node<T>* node = spare != nullptr ? std::exchange(spare, spare->next) : new Node<T>;
    node->tape = this;
    node->previous = last;
    node->next = nullptr;
    if (last != nullptr) last->next = node;
    last = node;
    return node;
  }
};

namespace {

/// Lets go of what the gradient function kept.
template <class T>
void free_closure(Node<T>& node) {
  if (node.run == nullptr) return;
  node.run = nullptr;
  node.destroy(node.closure.data());
}

/// Takes a node that nobody refers to off its tape. Its inputs are still referred to.
template <class T>
void unlink(Node<T>& node) {
  if (node.previous != nullptr) node.previous->next = node.next;
  if (node.next != nullptr) node.next->previous = node.previous;
  if (node.tape != nullptr && node.tape->last == &node) node.tape->last = node.previous;
}

template <class T>
void release(Node<T>* node) {
  if (--node->references != 0) return;
  // Releasing a node can release its inputs, and so on to the front of the tape: a list of the
  // dead, linked by `next`, in place of recursion as deep as the graph.
  unlink(*node);
  node->next = nullptr;
  Node<T>* dead = node;
  while (dead != nullptr) {
    Node<T>* current = std::exchange(dead, dead->next);
    free_closure(*current);
    current->grad = Tensor<T>();
    current->has_grad = false;
    for (Input<T>& input : current->inputs) {
      Node<T>* before = input.node.detach();
      if (before == nullptr || --before->references != 0) continue;
      unlink(*before);
      before->next = std::exchange(dead, before);
    }
    current->inputs.clear();
    if (current->tape == nullptr) {
      delete current;
      continue;
    }
    current->next = std::exchange(current->tape->spare, current);
  }
}

}  // namespace

template <class T>
NodeRef<T>::NodeRef(Node<T>* node) : node_(node) {
  if (node_ != nullptr) ++node_->references;
}

template <class T>
NodeRef<T>::~NodeRef() {
  if (node_ != nullptr) release(node_);
}

template <class T>
NodeRef<T> append_node(const char* operation, const Shape& shape,
                       std::span<const Variable<T>* const> inputs) {
  if (!grad_enabled()) return {};
  if (std::ranges::none_of(inputs, [](const Variable<T>* input) { return input->requires_grad(); }))
    return {};
  Tape<T>& tape = Tape<T>::of_this_thread();
  // Off this tape a backward pass from here would not find it, and leave gradients out.
  for (const Variable<T>* input : inputs)
    if (input->node() && input->node()->tape != &tape)
      throw StateError(text(operation, ": an operand is the result of '", input->node()->operation,
                            "' on another thread (detach it, or compute it on this one)"));
  NodeRef<T> node(tape.append());
  node->operation = operation;
  node->shape = shape;
  // Room for what most operations have: a node that served one with fewer inputs before does not
  // allocate for this one.
  constexpr std::size_t usual_inputs = 4;
  node->inputs.reserve(std::max(usual_inputs, inputs.size()));
  for (const Variable<T>* input : inputs)
    node->inputs.push_back({.node = input->node(), .parameter = input->parameter()});
  return node;
}

namespace {

template <class T>
[[noreturn]] void throw_freed(const Node<T>& node) {
  throw StateError(text("backward: the graph through '", node.operation,
                        "' was freed by an earlier backward (compute the loss again, or call the "
                        "earlier one with {.retain_graph = true})"));
}

/// The walk. A node whose gradient is pending holds a reference to itself, so that it is still
/// there when the walk arrives although the later nodes have let it go.
template <class T>
void walk(Node<T>* start, bool retain_graph) {
  for (Node<T>* node = start; node != nullptr;) {
    if (!node->has_grad) {
      node = node->previous;
      continue;
    }
    if (node->run == nullptr) throw_freed(*node);
    node->run(node->closure.data(), Backward<T>(*node));
    node->has_grad = false;
    node->grad = Tensor<T>();
    if (!retain_graph) {
      free_closure(*node);
      node->inputs.clear();
    }
    Node<T>* done = std::exchange(node, node->previous);
    release(done);
  }
}

/// Drops the pending gradients of a walk that was broken off.
template <class T>
void abandon(Node<T>* last) {
  for (NodeRef<T> node(last); node; node = NodeRef<T>(node->previous)) {
    if (!node->has_grad) continue;
    node->has_grad = false;
    node->grad = Tensor<T>();
    release(node.get());
  }
}

/// The first contribution to a node's gradient makes it pending.
template <class T>
void make_pending(Node<T>& node) {
  node.has_grad = true;
  ++node.references;
}

}  // namespace
}  // namespace detail

template <class T>
const Tensor<T>& Variable<T>::grad() const {
  if (!parameter_) throw StateError("grad: only parameters collect a gradient");
  if (!parameter_->has_grad)
    throw StateError(text("grad: no backward pass has reached '", parameter_->name, "' yet"));
  return parameter_->grad;
}

template <class T>
void Variable<T>::backward(BackwardOptions options) const {
  if (value().size() != 1)
    throw ShapeError(text("backward: starts from a single number, not from shape ", shape(),
                          " (take the sum or the mean)"));
  if (parameter_) {
    throw StateError(text("backward: '", parameter_->name, "' is itself a parameter"));
  }
  if (!node_) throw StateError("backward: this value depends on no parameter");
  detail::Node<T>* start = node_.get();
  if (start->run == nullptr) detail::throw_freed(*start);
  detail::make_pending(*start);
  start->grad = Tensor<T>::ones(shape());
  detail::NodeRef<T> hold = node_;
  try {
    detail::walk(start, options.retain_graph);
  } catch (...) {
    detail::abandon(start);
    throw;
  }
}

template <class T>
const Tensor<T>& Backward<T>::grad() const {
  return node_.grad;
}

template <class T>
bool Backward<T>::needs(std::size_t input) const {
  const auto& source = node_.inputs[input];
  return source.node || source.parameter;
}

template <class T>
void Backward<T>::add(std::size_t input, Tensor<T> gradient) const {
  if (!needs(input)) return;
  const auto& source = node_.inputs[input];
  const Shape& shape = source.parameter ? source.parameter->value.shape() : source.node->shape;
  if (gradient.shape() != shape) gradient = sum_to(gradient, shape);
  if (source.node && !source.node->has_grad && gradient.unique()) {
    source.node->grad = std::move(gradient);
    detail::make_pending(*source.node);
    return;
  }
  const Target into = target(input);
  if (into.accumulate)
    add_to(into.grad, gradient);
  else
    into.grad.assign(gradient);
}

template <class T>
auto Backward<T>::target(std::size_t input) const -> Target {
  const auto& source = node_.inputs[input];
  if (source.parameter) {
    Parameter<T>& leaf = *source.parameter;
    return {leaf.grad, std::exchange(leaf.has_grad, true)};
  }
  detail::Node<T>& node = *source.node;
  if (node.has_grad) return {node.grad, true};
  node.grad = Tensor<T>::uninitialized(node.shape);
  detail::make_pending(node);
  return {node.grad, false};
}

template class Variable<float>;
template class Variable<double>;
template class Backward<float>;
template class Backward<double>;
template class detail::NodeRef<float>;
template class detail::NodeRef<double>;
template detail::NodeRef<float> detail::append_node(const char*, const Shape&,
                                                    std::span<const Variable<float>* const>);
template detail::NodeRef<double> detail::append_node(const char*, const Shape&,
                                                     std::span<const Variable<double>* const>);

}  // namespace ravine
