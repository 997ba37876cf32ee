#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "ravine/optim/fused_update.hpp"
#include "ravine/optim/typed_optimizer.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::optim {

/// The optimizer that a layerwise rule makes: tensor by tensor, one pass for the norms and one that
/// moves, each cut over the threads where the tensor is large.
template <LayerwiseRule Rule, class T>
class LayerwiseOptimizer final : public TypedOptimizer<Rule, T> {
 public:
  LayerwiseOptimizer(const Rule& rule, const Parameters<T>& parameters, const Groups& groups = {})
      : TypedOptimizer<Rule, T>(rule, parameters, groups) {
    std::size_t most = 0;
    for (const auto& parameter : parameters) most = std::max(most, parameter->value.size());
    squares_.resize(pieces_of(most));
  }

 private:
  /// Short enough for the sum of its squares to keep a float's digits. Pieces do not depend on the
  /// threads, and so neither does a bit of the norms.
  static constexpr std::size_t piece_size = 8192;
  static std::size_t pieces_of(std::size_t size) { return (size + piece_size - 1) / piece_size; }

  bool joins_neighbours() const override { return false; }
  void update(std::size_t group, Step step) override {
    const Rule& rule = this->rule(group);
    for (const Arrays<T>& tensor : this->collected(group).arrays()) {
      each_piece(tensor, [&](std::size_t piece, const Arrays<T>& arrays) {
        squares_[piece] = loops_.prepare(rule, step, arrays);
      });
      Squares total;
      for (std::size_t piece = 0; piece < pieces_of(tensor.size); ++piece) total += squares_[piece];
      const double rate = rule.rate(std::sqrt(total.value), std::sqrt(total.direction));
      each_piece(tensor, [&](std::size_t, const Arrays<T>& arrays) {
        loops_.move(rule, step, rate, arrays);
      });
    }
  }

  template <class Visit>
  static void each_piece(const Arrays<T>& tensor, const Visit& visit) {
    constexpr std::size_t least_elements = 2 * piece_size;
    const std::size_t parts = parallel::parts_for(tensor.size, least_elements);
    parallel::run(parts, [&](std::size_t part) {
      const auto pieces = parallel::part_of(pieces_of(tensor.size), parts, part);
      for (std::size_t piece = pieces.begin; piece < pieces.end; ++piece) {
        const std::size_t begin = piece * piece_size;
        visit(piece, tensor.piece(begin, std::min(piece_size, tensor.size - begin)));
      }
    });
  }

  FusedUpdate<Rule, T> loops_ = loops_of<Rule, T>();
  std::vector<Squares> squares_;  // of the tensor's pieces
};

}  // namespace ravine::optim
