// Runs the works of docs/benchmarks.md: ravine, the floors under it and its peers in turns, and
// prints how they stand. scripts/benchmark builds and starts it.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "export_data.hpp"
#include "goals.hpp"
#include "page.hpp"
#include "ravine/optim/registry.hpp"
#include "ravine/report/busy_cores.hpp"
#include "ravine/report/environment.hpp"
#include "ravine/report/number.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/threads.hpp"
#include "ravine/tensor/version.hpp"
#include "scaling.hpp"
#include "works.hpp"

namespace ravine::benchmarks {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::vector<std::string> works;  ///< none: all
  std::size_t rounds = 5;
  double seconds = 0.5;
  std::string page;
  std::string scaling;
  std::string commit;

  bool wants(const std::string& work) const {
    return works.empty() || std::ranges::find(works, work) != works.end();
  }
};

std::vector<Race> races_of(const Options& options, const Course& course) {
  std::vector<Race> races;
  for (const Work& work : {w1, w3}) {
    if (!options.wants(work.name)) continue;
    if (course.cores > 1) races.push_back(training_race(course, work, 1, false));
    races.push_back(training_race(course, work, course.cores, true));
  }
  for (const Work& work : {w5, w2})
    if (options.wants(work.name)) races.push_back(best_training_race(course, work));
  if (options.wants("W4"))
    for (const Tensors& tensors : {one_large, many_small})
      for (const optim::RuleInfo& rule : optim::rules())
        if (rule.scope != optim::Scope::all_parameters)  // lbfgs evaluates the loss in its steps
          races.push_back(
              update_race(course, std::string(rule.about.name), rule.state_arrays, tensors));
  if (options.wants("W6")) races.push_back(process_race(course));
  if (options.wants("memory")) races.push_back(memory_race(course));
  if (options.wants("threads")) {
    races.push_back(collision_race(course));
    races.push_back(neighbour_race(course));
  }
  return races;
}

void run_rounds(std::vector<Race>& races, std::size_t rounds, const std::string& what) {
  for (std::size_t round = 1; round <= rounds; ++round) {
    std::cerr << what << ", round " << round << " of " << rounds << '\n';
    for (Race& race : races) race.run_round();
  }
}

std::string machine(const Course& course, const Options& options,
                    const std::vector<std::string>& notes) {
  const report::Environment environment = report::environment(course.cores);
  std::vector<std::string> peers;
  for (const Peer& peer : course.programs.peers) peers.push_back(peer.version);
  std::string lines =
      text("- processor: ", environment.cpu, ", ", course.cores, " cores\n", "- ravine ", version,
           ", SIMD level ", environment.simd, '\n', "- BLAS: OpenBLAS, core ",
           environment.blas_core, "\n- peers: ", peers.empty() ? "none" : joined(peers), '\n');
  if (!course.programs.left_out.empty())
    lines += text("- not installed, left out: ", joined(course.programs.left_out), '\n');
  for (const std::string& note : notes) lines += "- " + note + '\n';
  return lines + text("- medians and ranges of ", options.rounds, " rounds of ", options.seconds,
                      " s each, programs in turns; ratios are medians over the rounds\n");
}

void write(const fs::path& file, const std::string& content) {
  std::ofstream out(file);
  if (!(out << content << std::flush)) throw std::runtime_error(file.string() + ": not written");
}

void measure_all(const Options& options) {
  // Threads and kernels are for the programs to choose, or for a row that says so.
  for (const char* variable : {"OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OPENBLAS_NUM_THREADS",
                               "OMP_NUM_THREADS", "RAVINE_SIMD"})
    unsetenv(variable);
  setenv("PYTHONDONTWRITEBYTECODE", "1", 1);  // the peers' scripts lie among the sources
  const fs::path programs = fs::read_symlink("/proc/self/exe").parent_path();
  const std::size_t cores = usable_cores();
  const Course course{.programs = find_programs(programs, cores),
                      .folder = programs.parent_path() / "benchmark_data",
                      .cores = cores,
                      .seconds = options.seconds};
  const std::vector<std::string> notes = export_data(course.folder);

  std::string about = machine(course, options, notes);
  std::vector<Race> races = races_of(options, course);
  const report::BusyCores busy;
  run_rounds(races, options.rounds, "works");
  about += text("- other programs kept ", report::fixed(busy.taken_by_others(), 2),
                " cores busy meanwhile\n");
  std::cout << about;
  const std::vector<Section> sections{goals_section(goals(races)), works_section(races),
                                      updates_section(races), processes_section(races)};
  std::cout << plain(sections);
  for (const Race& race : races)
    for (const Race::Result& result : race.results())
      if (!result.failure.empty()) std::cerr << result.failure << '\n';

  if (!options.scaling.empty()) {
    Course brief = course;
    brief.seconds = 0.1;
    std::vector<Race> scaling = scaling_races(brief);
    run_rounds(scaling, 3, "scaling");
    write(options.scaling, scaling_csv(scaling));
  }
  if (options.page.empty()) return;
  std::string page = "# Benchmarks\n\nMeasured by `scripts/benchmark`";
  if (!options.commit.empty()) page += " at commit " + options.commit;
  page +=
      ", which takes ten minutes and writes this page anew; [performance.md](performance.md) says "
      "what each step gave. Peers are what Debian's packages hold (`scripts/install-packages "
      "peers`), not their vendors' own builds. Each program ran with one thread and with all, its "
      "own and those of its BLAS, and appears with its best. A floor is the least that a plain "
      "program does for the work: bare matrix products, or a loop over the same arrays, tensor by "
      "tensor; it draws no order of examples, and what joins tensors can fall below it. `of floor` "
      "is a row's share of the floor's speed, `ravine is` how many times as fast ravine is as the "
      "row's program. The goals were set before the work began, on another processor.\n\n" +
      about + markdown(sections);
  if (!options.scaling.empty())
    page +=
        "\n## Scaling\n\nTime an example takes against the batch size and the width of the "
        "network.\n\n![time of an example over batch sizes and widths](pictures/scaling.svg)\n";
  write(options.page, page);
}

}  // namespace
}  // namespace ravine::benchmarks

int main(int argc, char** argv) try {
  ravine::benchmarks::Options options;
  CLI::App app("Measures ravine against the machine's floors and its peers");
  app.add_option("works", options.works, "W1 to W6, memory, threads (all)")
      ->check(CLI::IsMember({"W1", "W2", "W3", "W4", "W5", "W6", "memory", "threads"}));
  app.add_option("--rounds", options.rounds, "turns that each program gets")->capture_default_str();
  app.add_option("--seconds", options.seconds, "of a measure")->capture_default_str();
  app.add_option("--page", options.page, "Markdown file to write");
  app.add_option("--scaling", options.scaling, "CSV file to write of batch sizes and widths");
  app.add_option("--commit", options.commit, "that is measured, for the page");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error);
  }
  ravine::benchmarks::measure_all(options);
} catch (const std::exception& error) {
  std::cerr << "benchmark works: " << error.what() << '\n';
  return 1;
}
