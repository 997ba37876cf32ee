#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "programs.hpp"
#include "race.hpp"

namespace ravine::benchmarks {

/// Training by minibatches: what all programs do alike.
struct Work {
  std::string name;
  std::string title;
  std::vector<std::size_t> widths;  ///< of the MLP; one output is regression
  std::size_t batch;
  std::string rule;
  double lr;
};

inline const Work w1{.name = "W1",
                     .title = "MNIST, 784-256-128-10, batch 64, Adam",
                     .widths = {784, 256, 128, 10},
                     .batch = 64,
                     .rule = "adam",
                     .lr = 1e-3};
inline const Work w2{.name = "W2",
                     .title = "airfoil, linear regression, batch 10, momentum",
                     .widths = {5, 1},
                     .batch = 10,
                     .rule = "momentum",
                     .lr = 0.01};
inline const Work w3{.name = "W3",
                     .title = "MNIST, 784-1024-1024-10, batch 256, Adam",
                     .widths = {784, 1024, 1024, 10},
                     .batch = 256,
                     .rule = "adam",
                     .lr = 1e-3};
inline const Work w5{.name = "W5",
                     .title = "MNIST, 784-32-10, batch 16, Adam",
                     .widths = {784, 32, 10},
                     .batch = 16,
                     .rule = "adam",
                     .lr = 1e-3};
/// A network whose parameters are most of the memory that the process holds.
inline const Work large{.name = "memory",
                        .title = "784-4096-4096-10, batch 256, Adam",
                        .widths = {784, 4096, 4096, 10},
                        .batch = 256,
                        .rule = "adam",
                        .lr = 1e-3};

/// The two ways that an optimizer's ten million and hundred thousand elements come in.
struct Tensors {
  std::string title;
  std::size_t count;
  std::size_t elements;
};
inline const Tensors one_large{.title = "one tensor of 10M", .count = 1, .elements = 10'000'000};
inline const Tensors many_small{.title = "1000 tensors of 100", .count = 1000, .elements = 100};

/// What the races have in common.
struct Course {
  Programs programs;
  std::filesystem::path folder;  ///< of the data
  std::size_t cores;             ///< threads at most
  double seconds;                ///< that a measure takes
};

/// The floor and ravine at a work, with all cores.
Race floor_race(const Course& course, const Work& work, const Subject& subject);
/// The programs of a work with so many threads; peers take part, each in its best way, where asked.
Race training_race(const Course& course, const Work& work, std::size_t threads, bool with_peers);
/// The same with whatever number of threads suits each program best.
Race best_training_race(const Course& course, const Work& work);
/// An optimizer alone that keeps `slots` arrays of state.
Race update_race(const Course& course, const std::string& rule, std::size_t slots,
                 const Tensors& tensors);
/// One epoch of W1 as a process of its own, from its start to its end.
Race process_race(const Course& course);
/// W1 with the threads of OpenMP and OpenBLAS set by the user, against the best way.
Race collision_race(const Course& course);
/// W1 alone, and as one of two processes on the same cores.
Race neighbour_race(const Course& course);
/// The peak memory of `large`.
Race memory_race(const Course& course);

/// What `large` has to hold: parameters, gradients and the rule's two arrays of state, the values
/// and gradients of a batch, and the data as bytes with their labels.
double expected_bytes(const Work& work);

}  // namespace ravine::benchmarks
