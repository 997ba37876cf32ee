#include "scaling.hpp"

#include "ravine/tensor/text.hpp"

namespace ravine::benchmarks {

std::vector<Race> scaling_races(const Course& course) {
  std::vector<Race> races;
  const auto add = [&](const std::string& series, std::size_t at, const Work& work) {
    races.push_back(floor_race(
        course, work,
        {.work = series, .title = work.title, .condition = text(at), .examples = work.batch}));
  };
  for (std::size_t batch = 1; batch <= 4096; batch *= 2) {
    Work work = w1;
    work.batch = batch;
    add("batch", batch, work);
  }
  for (std::size_t width = 8; width <= 4096; width *= 2) {
    Work work = w1;
    work.widths = {784, width, width, 10};
    add("width", width, work);
  }
  return races;
}

std::string scaling_csv(const std::vector<Race>& races) {
  std::string csv = "series,at,floor,ravine\n";
  for (const Race& race : races) {
    const Subject& subject = race.subject();
    const auto nanoseconds = [&](const std::string& program) {
      return race.result(program).median_seconds().value() * 1e9 /
             static_cast<double>(subject.examples);
    };
    csv += text(subject.work, ',', subject.condition, ',', nanoseconds("floor"), ',',
                nanoseconds("ravine"), '\n');
  }
  return csv;
}

}  // namespace ravine::benchmarks
