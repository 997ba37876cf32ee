#include "ravine/report/doctor.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ravine::report {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using Json = nlohmann::json;

Machine quick_machine() {
  return {.environment = {.cpu = "A Processor",
                          .threads = 2,
                          .blas_core = "SkylakeX",
                          .blas_threads = 1,
                          .forced_core = "",
                          .simd = "avx2"},
          .all_cores = 4,
          .usable_cores = 3,
          .caches = {32'768, 1'048'576, 35'651'584},
          .best_simd = "avx2",
          .blas_library = "OpenBLAS 0.3.21",
          .build = {},
          .variables = {}};
}

Speed measured() {
  return {.products = {{.m = 8, .n = 4, .k = 2, .threads = 1, .gflops = 61.25},
                       {.m = 8, .n = 4, .k = 2, .threads = 2, .gflops = 120}},
          .memory = {{.bytes = 1'048'576, .threads = 1, .gigabytes_per_second = 9.5},
                     {.bytes = 1'048'576, .threads = 2, .gigabytes_per_second = 18}},
          .steps = {{.layers = {3, 2}, .batch_size = 4, .threads = 1, .seconds = 12.5e-6},
                    {.layers = {3, 2}, .batch_size = 4, .threads = 2, .seconds = 14e-6}},
          .cores_taken = 0};
}

/// The warnings of the machine with the change made to it, each as "what: remedy".
template <class Change>
std::vector<std::string> warned(Change change) {
  Machine machine = quick_machine();
  Speed speed = measured();
  change(machine, speed);
  std::vector<std::string> lines;
  for (const auto& [what, remedy] : warnings_of(machine, speed))
    lines.push_back(what + ": " + remedy);
  return lines;
}

std::vector<std::string> warned_of_variable(const char* name, const char* value) {
  return warned([&](Machine& machine, Speed&) { machine.variables = {{name, value}}; });
}

TEST(Warnings, NoneOnAMachineAsItShouldBe) {
  EXPECT_THAT(warned([](Machine&, Speed&) {}), IsEmpty());
  EXPECT_THAT(warned_of_variable("RAVINE_SIMD", "avx2"), IsEmpty());  // the best anyway
}

TEST(Warnings, OfAForcedCore) {
  EXPECT_THAT(warned_of_variable("OPENBLAS_CORETYPE", "Haswell"),
              ElementsAre(AllOf(HasSubstr("OPENBLAS_CORETYPE=Haswell"), HasSubstr("SkylakeX"),
                                HasSubstr(": unset it"))));
}

TEST(Warnings, OfAForcedCacheSize) {
  EXPECT_THAT(warned_of_variable("OPENBLAS_L2_SIZE", "512"),
              ElementsAre(AllOf(HasSubstr("OPENBLAS_L2_SIZE=512 makes"), HasSubstr(": unset it"))));
}

TEST(Warnings, OfThreadsThatAreNotAskedForHere) {
  for (const char* name : {"OPENBLAS_NUM_THREADS", "GOTO_NUM_THREADS", "OMP_NUM_THREADS"})
    EXPECT_THAT(warned_of_variable(name, "16"),
                ElementsAre(AllOf(HasSubstr(std::string(name) + "=16 changes nothing"),
                                  HasSubstr("on 2 of its own"), HasSubstr("--threads"))));
}

TEST(Warnings, NotOfOneThreadForBlas) {
  EXPECT_THAT(warned_of_variable("OPENBLAS_NUM_THREADS", "1"), ElementsAre());
}

TEST(Warnings, OfAnInstructionSetBelowTheBestAboveItAndMisspelt) {
  EXPECT_THAT(warned_of_variable("RAVINE_SIMD", "baseline"),
              ElementsAre("RAVINE_SIMD=baseline keeps ravine's own kernels from avx2: unset it"));
  EXPECT_THAT(warned_of_variable("RAVINE_SIMD", "avx512"),
              ElementsAre(HasSubstr("avx512 is more than this processor")));
  EXPECT_THAT(warned_of_variable("RAVINE_SIMD", "avx22"),
              ElementsAre(AllOf(HasSubstr("avx22 is no instruction set, and avx2 is used"),
                                HasSubstr("did you mean 'avx2'?"))));
}

TEST(Warnings, OfABuildThatIsNotForSpeed) {
  EXPECT_THAT(warned([](Machine& machine, Speed&) { machine.build.optimized = false; }),
              ElementsAre(AllOf(HasSubstr("debug build"), HasSubstr("BUILD_TYPE=Release"))));
  EXPECT_THAT(warned([](Machine& machine, Speed&) { machine.build.assertions = true; }),
              ElementsAre(HasSubstr("assertions")));
  EXPECT_THAT(warned([](Machine& machine, Speed&) { machine.build.sanitizer = "address"; }),
              ElementsAre(AllOf(HasSubstr("address sanitizer"), HasSubstr("-fsanitize"))));
}

TEST(Warnings, OfMoreThreadsThanCores) {
  EXPECT_THAT(warned([](Machine& machine, Speed&) { machine.environment.threads = 5; }),
              ElementsAre("5 threads share the 3 cores that this process may use: "
                          "give --threads 3"));
}

TEST(Warnings, OfCoresThatOthersTake) {
  const auto with_taken = [](double cores) {
    return warned([&](Machine&, Speed& speed) { speed.cores_taken = cores; });
  };
  EXPECT_THAT(with_taken(2.0), IsEmpty());  // two of four are left, for two threads
  EXPECT_THAT(with_taken(2.6),
              ElementsAre(HasSubstr("others kept 2.6 of 4 cores busy while this was measured")));
}

TEST(DoctorText, HasAColumnForEachNumberOfThreads) {
  const std::string page = doctor_text(quick_machine(), measured(), {});
  EXPECT_THAT(page, HasSubstr("processor    A Processor; 3 of 4 cores to be used; "
                              "caches of 32 KiB, 1 MiB, 34 MiB\n"));
  EXPECT_THAT(page, HasSubstr("own kernels  avx2\n"));
  EXPECT_THAT(page, HasSubstr("build        optimised\n"));
  EXPECT_THAT(page, HasSubstr("1 thread  2 threads\n"
                              "sgemm 8 x 4 x 2, GFLOP/s                  61.2      120.0\n"));
  EXPECT_THAT(page, HasSubstr("memory read and written, 1 MiB, GB/s       9.5       18.0\n"));
  EXPECT_THAT(page, HasSubstr("step of adam, 3-2, batch 4, µs            12.5       14.0\n"));
  EXPECT_THAT(page, AllOf(HasSubstr("\nnothing here costs speed\n"), Not(HasSubstr("warning"))));
}

TEST(DoctorText, HasALineForEachWarningWithItsRemedy) {
  const std::vector<Warning> warnings{{"it rains", "take a coat"}, {"it is dark", "wait"}};
  const std::string page = doctor_text(quick_machine(), measured(), warnings);
  EXPECT_THAT(page,
              testing::EndsWith("\nwarning: it rains; take a coat\nwarning: it is dark; wait\n"));
}

TEST(DoctorJson, HoldsFactsMeasuresAndWarnings) {
  Machine machine = quick_machine();
  machine.build.sanitizer = "thread";
  const std::vector<Warning> warnings{{"it rains", "take a coat"}};
  const Json json = Json::parse(doctor_json(machine, measured(), warnings));
  EXPECT_EQ(json["command"], "doctor");
  EXPECT_EQ(json["processor"], Json::parse(R"({"name": "A Processor", "cores": 4,
      "usable_cores": 3, "caches": [32768, 1048576, 35651584]})"));
  EXPECT_EQ(json["simd"], Json::parse(R"({"used": "avx2", "best": "avx2"})"));
  EXPECT_EQ(json["blas"], Json::parse(R"({"core": "SkylakeX", "threads": 1,
      "library": "OpenBLAS 0.3.21"})"));
  EXPECT_EQ(json["threads"], 2);
  EXPECT_EQ(json["build"], Json::parse(R"({"optimized": true, "assertions": false,
      "sanitizer": "thread"})"));
  EXPECT_EQ(json["speed"]["sgemm"][1],
            Json::parse(R"({"m": 8, "n": 4, "k": 2, "threads": 2, "gflops": 120.0})"));
  EXPECT_EQ(json["speed"]["memory"][0], Json::parse(R"({"bytes": 1048576, "threads": 1,
      "gigabytes_per_second": 9.5})"));
  EXPECT_EQ(json["speed"]["steps"][0], Json::parse(R"({"layers": [3, 2], "batch_size": 4,
      "optimizer": "adam", "threads": 1, "seconds": 12.5e-6})"));
  EXPECT_EQ(json["warnings"], Json::parse(R"([{"what": "it rains", "remedy": "take a coat"}])"));
}

}  // namespace
}  // namespace ravine::report
