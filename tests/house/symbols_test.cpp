#include "house/symbols.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <memory>

namespace ravine::house {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(SharedFunctions, FindsWhatAnotherObjectMayDefineToo) {
  EXPECT_THAT(shared_functions(
                  "0000000000000000 V DW.ref.__gxx_personality_v0\n"
                  "0000000000000010 t std::sort(int*, int*)\n"
                  "0000000000000020 T void ravine::kernels::max<ravine::simd::Avx2, float>()\n"
                  "0000000000000030 T void ravine::kernels::max<ravine::simd::Avx512, float>()\n"
                  "0000000000000040 W std::vector<int>::push_back(int&&)\n"
                  "0000000000000050 T ravine::kernels::helper()\n"
                  "0000000000000060 R ravine::kernels::table\n",
                  "Avx2"),
              ElementsAre("void ravine::kernels::max<ravine::simd::Avx512, float>()",
                          "std::vector<int>::push_back(int&&)", "ravine::kernels::helper()"));
}

#ifdef RAVINE_SIMD_VARIANTS  // otherwise there are no such objects

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  std::string output;
  for (int c = 0; (c = std::fgetc(pipe.get())) != EOF;) output.push_back(static_cast<char>(c));
  return output;
}

TEST(SharedFunctions, ObjectsForOneInstructionSetHaveNone) {
  // Each line: the level, the object file; written by tests/CMakeLists.txt.
  std::ifstream objects(RAVINE_SIMD_OBJECTS);
  ASSERT_TRUE(objects);
  std::size_t checked = 0;
  for (std::string level, object; objects >> level && std::getline(objects >> std::ws, object);) {
    const std::string listing = output_of(RAVINE_NM " --demangle --defined-only '" + object + "'");
    EXPECT_NE(listing.find(" T "), std::string::npos) << object << " offers no function at all";
    EXPECT_THAT(shared_functions(listing, level), IsEmpty()) << object;
    ++checked;
  }
  EXPECT_GT(checked, 0U);
}

#endif

}  // namespace
}  // namespace ravine::house
