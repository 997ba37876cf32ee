#include "job.hpp"

#include <sstream>
#include <stdexcept>

namespace ravine::benchmarks {

std::vector<std::size_t> Job::widths() const {
  std::vector<std::size_t> widths;
  std::istringstream list(text("widths"));
  for (std::string width; std::getline(list, width, ',');) widths.push_back(std::stoul(width));
  return widths;
}

Job parse_job(int argc, char** argv) {
  if (argc < 2) throw std::invalid_argument("no job given (train, epoch, update or version)");
  Job job{.kind = argv[1], .words = {}};
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos)
      throw std::invalid_argument("'" + word + "' is not of the form name=value");
    job.words[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return job;
}

}  // namespace ravine::benchmarks
