#include "apps/command.hpp"

namespace ravine::apps {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// The variables that the doctor looks at, empty as if they were not set.
const std::vector<std::pair<std::string, std::string>> nothing_set{{"OPENBLAS_L2_SIZE", ""},
                                                                   {"OPENBLAS_NUM_THREADS", ""},
                                                                   {"GOTO_NUM_THREADS", ""},
                                                                   {"OMP_NUM_THREADS", ""}};

Process doctor(const std::string& variable = {}, const std::string& value = {},
               const std::string& options = {}) {
  auto environment = nothing_set;
  if (!variable.empty()) environment.emplace_back(variable, value);
  return ravine(words("doctor " + options), {.environment = environment});
}

TEST(Doctor, TellsFactsAndMeasures) {
  const Process process = doctor();
  EXPECT_EQ(process.status, 0);
  EXPECT_EQ(process.err, "");
  EXPECT_THAT(process.out,
              AllOf(HasSubstr("processor  "), HasSubstr("own kernels  "), HasSubstr("OpenBLAS "),
                    HasSubstr("1 thread"), HasSubstr("sgemm 512 x 512 x 512, GFLOP/s"),
                    HasSubstr("memory read and written"), HasSubstr("step of adam"),
                    Not(HasSubstr("_NUM_THREADS")), Not(HasSubstr("RAVINE_SIMD"))));
}

TEST(Doctor, EachVariableThatCostsSpeedIsWarnedOf) {
  for (const auto& [variable, value, remedy] :
       {std::tuple("OPENBLAS_CORETYPE", "Prescott", "unset it"),
        std::tuple("OPENBLAS_L2_SIZE", "512", "unset it"),
        std::tuple("OPENBLAS_NUM_THREADS", "7", "--threads"),
        std::tuple("GOTO_NUM_THREADS", "7", "--threads"),
        std::tuple("OMP_NUM_THREADS", "7", "--threads"),
        std::tuple("RAVINE_SIMD", "baselin", "did you mean 'baseline'?")}) {
    const Process process = doctor(variable, value);
    EXPECT_EQ(process.status, 0);
    EXPECT_EQ(process.err, "") << variable;
    const std::string warning = std::string("\nwarning: ") + variable + "=" + value + " ";
    const std::size_t at = process.out.find(warning);
    ASSERT_NE(at, std::string::npos) << variable << '\n' << process.out;
    EXPECT_THAT(process.out.substr(at, process.out.find('\n', at + 1) - at), HasSubstr(remedy));
  }
}

TEST(Doctor, MoreThreadsThanCoresAreWarnedOf) {
  EXPECT_THAT(doctor("", "", "--threads 999").out, HasSubstr("warning: 999 threads share the "));
}

TEST(Doctor, JsonIsOneDocument) {
  const Process process = doctor("RAVINE_SIMD", "nonsense", "--json --threads 2");
  EXPECT_EQ(process.err, "");
  const Json json = Json::parse(process.out);
  EXPECT_EQ(json["command"], "doctor");
  EXPECT_EQ(json["threads"], 2);
  EXPECT_EQ(json["blas"]["threads"], 1);
  EXPECT_EQ(json["speed"]["sgemm"].size(), 4U);
  for (const Json& product : json["speed"]["sgemm"]) EXPECT_GT(product["gflops"], 0.1);
  for (const Json& memory : json["speed"]["memory"])
    EXPECT_GT(memory["gigabytes_per_second"], 0.05);
  EXPECT_THAT(json["warnings"].dump(), HasSubstr("RAVINE_SIMD=nonsense"));
}

TEST(Doctor, RefusesWhatItDoesNotKnow) {
  EXPECT_TRUE(refused(words("doctor --thread 2"), {"doctor: unknown option", "--threads"}));
  EXPECT_TRUE(refused(words("doctor --threads 0"), {"--threads: must be at least 1"}));
  EXPECT_TRUE(refused(words("doctor mnist"), {"doctor: did not expect 'mnist'"}));
  EXPECT_TRUE(refused(words("docter"), {"did you mean 'doctor'?"}));
}

TEST(Doctor, HelpSaysWhatTheStatusMeans) {
  EXPECT_THAT(ravine(words("doctor --help")).out, HasSubstr("exit status is 0"));
}

}  // namespace
}  // namespace ravine::apps
