#include "ravine/lab/surfaces.hpp"

#include <algorithm>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine::lab {

std::span<const Surface> surfaces() {
  static const std::vector<Surface> catalogue{
      {.name = "quadratic",
       .function = "0.1*w1^2 + 2*w2^2",
       .start = {-5, -2},
       .minima = {{0, 0}},
       .least = 0,
       .view = {{-6, 2}, {-3, 3}},
       .teaches =
           "The steep direction limits the learning rate: beyond 0.5 gradient descent diverges "
           "along w2, and "
           "below it creeps along w1. A momentum of 0.5 moves that limit to 0.75, and of 0.25 to "
           "0.625.",
       .optimizers = "sgd:lr=0.4,sgd:lr=0.6,momentum:lr=0.6,momentum=0.5,momentum:lr=0.6,"
                     "momentum=0.25",
       .steps = 20,
       .source = "Zhang, Lipton, Li and Smola (2023), Dive into Deep Learning, section 12.6"},
      {.name = "ellipse",
       .function = "3*w1^2 + 10*w2^2",
       .start = {-15, 20},
       .minima = {{0, 0}},
       .least = 0,
       .view = {{-20, 20}, {-25, 25}},
       .teaches =
           "Momentum overshoots and swings back; a learning rate for each coordinate makes both go "
           "at the same pace, however steep.",
       .optimizers = "sgd:lr=0.01,momentum:lr=0.001,momentum=0.9,rmsprop:lr=0.5,alpha=0.9,"
                     "adam:lr=0.5",
       .steps = 100,
       .source = "an exercise in two steps by hand, with momentum and with RMSProp"},
      {.name = "ravine",
       .function = "0.0025*(w1 + w2)^2 + 0.25*(w1 - w2)^2",
       .start = {-9, -11},
       .minima = {{0, 0}},
       .least = 0,
       .view = {{-13, 3}, {-13, 3}},
       .teaches =
           "A long valley of curvatures 0.01 and 1 that lies across the axes: a learning rate for "
           "each coordinate cannot tell its floor from its walls, and RMSProp creeps like "
           "gradient descent. Momentum is what helps, Adam's too.",
       .optimizers = "sgd:lr=1.98,momentum:lr=3.3,momentum=0.67,rmsprop:lr=0.3,adam:lr=1",
       .steps = 100,
       .source = "Goh (2017), Why Momentum Really Works: a quadratic of condition number 100"},
      {.name = "rosenbrock",
       .function = "(1 - w1)^2 + 100*(w2 - w1^2)^2",
       .start = {-1.2, 1},
       .minima = {{1, 1}},
       .least = 0,
       .view = {{-2, 2}, {-1, 3}},
       .teaches = "A curved valley: its floor is found at once, and followed slowly, because the "
                  "walls allow small learning rates alone. L-BFGS learns the curvature on its way, "
                  "and each "
                  "of its steps is a search along a line, of several gradients.",
       .optimizers = "sgd:lr=0.001,momentum:lr=0.001,momentum=0.9,adam:lr=0.05,lbfgs:max_iter=1",
       .steps = 500,
       .source = "Rosenbrock (1960), An Automatic Method for Finding the Greatest or Least Value "
                 "of a Function"},
      {.name = "himmelblau",
       .function = "(w1^2 + w2 - 11)^2 + (w1 + w2^2 - 7)^2",
       .start = {5, 0},
       .minima = {{3, 2},
                  {-2.805118086952745, 3.131312518250573},
                  {-3.779310253377747, -3.2831859912861696},
                  {3.5844283403304917, -1.8481265269644036}},
       .least = 0,
       .view = {{-6, 6}, {-6, 6}},
       .teaches = "Four minima, all as good: which one is reached is a matter of the rule and of "
                  "its learning rate.",
       .optimizers = "sgd:lr=0.01,sgd:lr=0.02,momentum:lr=0.01,momentum=0.9,adam:lr=0.1",
       .steps = 200,
       .source = "Himmelblau (1972), Applied Nonlinear Programming"},
      // The second minimum is at w1 = 1.8139, behind a barrier 0.072 high at 1.537.
      {.name = "dent",
       .function = "w1^2/2 - exp(-6*(w1 - 2)^2)",
       .start = {4},
       .minima = {{9.060323099180047e-10}},
       .least = -3.7751345853238223e-11,
       .view = {{-2.5, 4.5}},
       .teaches =
           "A small dent on the way down. Gradient descent ends in it, and so does Adam without "
           "its first moment; with a large beta1 the gradients before it carry Adam over.",
       .optimizers = "sgd:lr=0.1,adam:lr=0.1,beta1=0,adam:lr=0.1,beta1=0.9,adam:lr=0.1,beta1=0.95",
       .steps = 200,
       .source = "made for this catalogue"}};
  return catalogue;
}

const Surface& find_surface(std::string_view name) {
  const auto found = std::ranges::find(surfaces(), name, &Surface::name);
  if (found != surfaces().end()) return *found;
  std::vector<std::string> known;
  for (const Surface& surface : surfaces()) known.push_back(surface.name);
  throw UnknownName(text("there is no surface '", name, "'", suggestion(name, known)));
}

}  // namespace ravine::lab
