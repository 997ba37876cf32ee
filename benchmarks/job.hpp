#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace ravine::benchmarks {

/// What a benchmark program is asked to do, as its command line says it: a kind and `name=value`
/// words. Programs of every language read the same words:
///
///     train widths=784,256,128,10 batch=64 rule=adam lr=0.001 folder=F threads=2 seconds=0.5
///         minibatch steps of an MLP on the examples in F (data.hpp); prints the mean seconds of a
///         step and the loss it came to. One output means regression with the mean squared error,
///         more of them classes with the cross-entropy; ReLU stands between the layers.
///     epoch widths=... batch=... rule=... lr=... folder=F threads=2
///         the same for one epoch; the whole process is what is measured, nothing is printed
///     update rule=adam slots=2 tensors=1 elements=10000000 threads=2 seconds=0.5
///         steps of the optimizer alone; prints the mean seconds of one. `slots` is how many arrays
///         of state the rule keeps.
///     version
///         prints what is measured, with its version
struct Job {
  std::string kind;
  std::map<std::string, std::string> words;

  /// Throw std::out_of_range for a word that is not there.
  const std::string& text(const std::string& name) const { return words.at(name); }
  double number(const std::string& name) const { return std::stod(words.at(name)); }
  std::size_t count(const std::string& name) const { return std::stoul(words.at(name)); }
  std::vector<std::size_t> widths() const;
};

Job parse_job(int argc, char** argv);

}  // namespace ravine::benchmarks
