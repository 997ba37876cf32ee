#include "ravine/report/doctor.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "ravine/report/json_parts.hpp"
#include "ravine/report/number.hpp"
#include "ravine/report/table.hpp"
#include "ravine/tensor/text.hpp"
#include "ravine/tensor/version.hpp"

namespace ravine::report {
namespace {

using Json = nlohmann::ordered_json;

std::string size_text(std::size_t bytes) {
  constexpr double kibi = 1024;
  const auto size = static_cast<double>(bytes);
  if (size < kibi * kibi) return significant(size / kibi, 4) + " KiB";
  return significant(size / kibi / kibi, 4) + " MiB";
}

std::string cores_text(const Machine& machine) {
  if (machine.usable_cores == machine.all_cores) return counted(machine.all_cores, "core");
  return text(machine.usable_cores, " of ", counted(machine.all_cores, "core"), " to be used");
}

std::string processor_text(const Machine& machine) {
  std::vector<std::string> parts{cores_text(machine)};
  if (!machine.environment.cpu.empty()) parts.insert(parts.begin(), machine.environment.cpu);
  std::vector<std::string> caches;
  for (const std::size_t bytes : machine.caches) caches.push_back(size_text(bytes));
  if (!caches.empty()) parts.push_back(text("caches of ", joined(caches)));
  return joined(parts, "; ");
}

std::string simd_text(const Machine& machine) {
  const std::string& used = machine.environment.simd;
  return machine.best_simd == used ? used
                                   : text(used, " (the best here is ", machine.best_simd, ")");
}

std::string build_text(const Build& build) {
  std::string result = build.optimized ? "optimised" : "not optimised";
  if (build.assertions) result += ", with assertions";
  if (!build.sanitizer.empty()) result += text(", with the ", build.sanitizer, " sanitizer");
  return result;
}

std::string facts_text(const Machine& machine) {
  const Environment& environment = machine.environment;
  Table table{.columns = {{}, {}}, .rows = {}};
  table.rows = {{"processor", processor_text(machine)},
                {"own kernels", simd_text(machine)},
                {"BLAS", machine.blas_library},
                {"BLAS core", environment.blas_core},
                {"threads", text(environment.threads, ", with OpenBLAS at ",
                                 environment.blas_threads, " in each")},
                {"build", build_text(machine.build)}};
  return aligned(table);
}

/// The rows of a table in which a column stands for a number of threads.
template <class Measure, class Name, class Value>
void add_rows(Table& table, const std::vector<Measure>& measures, Name name, Value value) {
  for (const Measure& measure : measures) {
    const std::string title = name(measure);
    const auto same = [&](const auto& row) { return row.front() == title; };
    auto row = std::ranges::find_if(table.rows, same);
    if (row == table.rows.end()) row = table.rows.insert(row, {title});
    row->push_back(value(measure));
  }
}

std::string speed_text(const Speed& speed) {
  Table table{.columns = {{"best measured"}}, .rows = {}};
  for (const MemorySpeed& memory : speed.memory)
    table.columns.push_back({counted(memory.threads, "thread"), Align::right});
  add_rows(
      table, speed.products,
      [](const ProductSpeed& p) {
        return text("sgemm ", p.m, " x ", p.n, " x ", p.k, ", GFLOP/s");
      },
      [](const ProductSpeed& p) { return fixed(p.gflops, 1); });
  add_rows(
      table, speed.memory,
      [](const MemorySpeed& m) {
        return text("memory read and written, ", size_text(m.bytes), ", GB/s");
      },
      [](const MemorySpeed& m) { return fixed(m.gigabytes_per_second, 1); });
  add_rows(
      table, speed.steps,
      [](const StepSpeed& s) {
        return text("step of adam, ", joined(s.layers, "-"), ", batch ", s.batch_size, ", µs");
      },
      [](const StepSpeed& s) { return fixed(1e6 * s.seconds, 1); });
  return aligned(table);
}

std::string warnings_text(std::span<const Warning> warnings) {
  if (warnings.empty()) return "nothing here costs speed\n";
  std::string lines;
  for (const auto& [what, remedy] : warnings) lines += text("warning: ", what, "; ", remedy, "\n");
  return lines;
}

Json build_json(const Build& build) {
  return {{"optimized", build.optimized},
          {"assertions", build.assertions},
          {"sanitizer", build.sanitizer.empty() ? Json(nullptr) : Json(build.sanitizer)}};
}

Json speed_json(const Speed& speed) {
  Json json{{"sgemm", Json::array()}, {"memory", Json::array()}, {"steps", Json::array()}};
  for (const auto& [m, n, k, threads, gflops] : speed.products)
    json["sgemm"].push_back(
        {{"m", m}, {"n", n}, {"k", k}, {"threads", threads}, {"gflops", gflops}});
  for (const auto& [bytes, threads, gigabytes_per_second] : speed.memory)
    json["memory"].push_back(
        {{"bytes", bytes}, {"threads", threads}, {"gigabytes_per_second", gigabytes_per_second}});
  for (const auto& [layers, batch_size, threads, seconds] : speed.steps)
    json["steps"].push_back({{"layers", layers},
                             {"batch_size", batch_size},
                             {"optimizer", "adam"},
                             {"threads", threads},
                             {"seconds", seconds}});
  json["cores_taken_by_others"] = speed.cores_taken;
  return json;
}

}  // namespace

std::string doctor_text(const Machine& machine, const Speed& speed,
                        std::span<const Warning> warnings) {
  return facts_text(machine) + "\n" + speed_text(speed) + "\n" + warnings_text(warnings);
}

std::string doctor_json(const Machine& machine, const Speed& speed,
                        std::span<const Warning> warnings) {
  const Environment& environment = machine.environment;
  Json blas = blas_json<Json>(environment);
  blas["library"] = machine.blas_library;
  Json list = Json::array();
  for (const auto& [what, remedy] : warnings) list.push_back({{"what", what}, {"remedy", remedy}});
  return document(Json{{"command", "doctor"},
                       {"version", version},
                       {"processor",
                        {{"name", environment.cpu},
                         {"cores", machine.all_cores},
                         {"usable_cores", machine.usable_cores},
                         {"caches", machine.caches}}},
                       {"simd", {{"used", environment.simd}, {"best", machine.best_simd}}},
                       {"blas", blas},
                       {"threads", environment.threads},
                       {"build", build_json(machine.build)},
                       {"speed", speed_json(speed)},
                       {"warnings", list}});
}

}  // namespace ravine::report
