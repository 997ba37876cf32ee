#include "house/rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace ravine::house {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const fs::path checkout = RAVINE_SOURCE_DIR;

/// A tree of two files or more in a fresh folder, which goes with it.
class Tree {
 public:
  Tree() {
    std::string name = (fs::temp_directory_path() / "ravine_house_XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root_ = name;
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Tree& add(const fs::path& file, const std::string& content) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << content;
    return *this;
  }
  const fs::path& root() const { return root_; }

 private:
  fs::path root_;
};

const Floors two_floors{{"tensor", {}}, {"optim", {"tensor"}}, {"data", {"tensor"}}};

TEST(Floors, AreReadFromTheirRows) {
  Tree tree;
  tree.add("CMakeLists.txt",
           "ravine_floor(tensor PACKAGES OpenBLAS::OpenBLAS)\n"
           "ravine_floor(train BELOW optim tensor\n  PACKAGES ZLIB::ZLIB)\n");
  EXPECT_EQ(read_floors(tree.root() / "CMakeLists.txt"),
            (Floors{{"tensor", {}}, {"train", {"optim", "tensor"}}}));
}

TEST(Floors, OfTheHouseAreThoseOfItsPlan) {
  // Two arrows nobody may draw, whatever lib/CMakeLists.txt grows to.
  const Floors floors = read_floors(checkout / "lib" / "CMakeLists.txt");
  EXPECT_FALSE(floors.at("optim").contains("autograd"));
  EXPECT_FALSE(floors.at("data").contains("autograd"));
  EXPECT_THAT(floors.at("tensor"), IsEmpty());
  EXPECT_EQ(floors.size(), 9U);
}

TEST(RisingIncludes, HouseHasNone) {
  EXPECT_THAT(rising_includes(checkout, read_floors(checkout / "lib" / "CMakeLists.txt")),
              IsEmpty());
}

TEST(RisingIncludes, FindsAnArrowUp) {
  Tree tree;
  tree.add("lib/ravine/tensor/shape.hpp",
           "#include <vector>\n#include \"ravine/optim/adam.hpp\"\n");
  EXPECT_THAT(
      rising_includes(tree.root(), two_floors),
      ElementsAre("lib/ravine/tensor/shape.hpp:2: ravine/optim/adam.hpp: tensor may include itself "
                  "and nothing"));
}

TEST(RisingIncludes, FindsAnArrowToASibling) {
  Tree tree;
  tree.add("lib/ravine/optim/adam.cpp", "#include \"ravine/data/csv.hpp\"\n");
  EXPECT_THAT(rising_includes(tree.root(), two_floors),
              ElementsAre(HasSubstr("adam.cpp:1: ravine/data/csv.hpp: optim may include itself and "
                                    "tensor")));
}

TEST(RisingIncludes, FindsTheUmbrellaHeaderInsideTheLibrary) {
  Tree tree;
  tree.add("lib/ravine/optim/adam.cpp", "#include \"ravine/ravine.hpp\"\n");
  EXPECT_THAT(rising_includes(tree.root(), two_floors), ElementsAre(HasSubstr("ravine.hpp")));
}

TEST(RisingIncludes, FindsOtherWaysToWriteAnArrow) {
  Tree tree;
  tree.add("lib/ravine/tensor/a.hpp", "#include \"../optim/adam.hpp\"\n")
      .add("lib/ravine/tensor/b.hpp", "#  include <ravine/optim/adam.hpp>\n");
  EXPECT_THAT(rising_includes(tree.root(), two_floors),
              ElementsAre(HasSubstr("a.hpp:1"), HasSubstr("b.hpp:1")));
}

TEST(RisingIncludes, FindsATestThatReachesAboveItsFloor) {
  Tree tree;
  tree.add("tests/tensor/shape_test.cpp",
           "#include \"support/problems.hpp\"\n#include \"ravine/optim/adam.hpp\"\n")
      .add("tests/support/problems.hpp", "#include \"ravine/optim/adam.hpp\"\n");
  EXPECT_THAT(rising_includes(tree.root(), two_floors), ElementsAre(HasSubstr("shape_test.cpp:2")));
}

TEST(RisingIncludes, FindsAFolderThatIsNoFloor) {
  Tree tree;
  tree.add("lib/ravine/attic/box.hpp", "\n");
  EXPECT_THAT(rising_includes(tree.root(), two_floors),
              ElementsAre(HasSubstr("no row ravine_floor(attic)")));
}

TEST(RisingIncludes, LetsArrowsDownPass) {
  Tree tree;
  tree.add("lib/ravine/ravine.hpp", "#include \"ravine/optim/adam.hpp\"\n")
      .add("lib/ravine/optim/adam.hpp",
           "#include <cmath>\n#include \"ravine/optim/rule.hpp\"\n"
           "#include \"ravine/tensor/tensor.hpp\"\n");
  EXPECT_THAT(rising_includes(tree.root(), two_floors), IsEmpty());
}

TEST(HeavyPublicHeaders, HouseHasNone) {
  ASSERT_TRUE(fs::exists(checkout / "lib/ravine/ravine.hpp"));
  EXPECT_THAT(heavy_public_headers(checkout), IsEmpty());
}

TEST(HeavyPublicHeaders, FindsOneBehindAnother) {
  Tree tree;
  tree.add("lib/ravine/ravine.hpp", "#include <vector>\n#include \"ravine/data/csv.hpp\"\n")
      .add("lib/ravine/data/csv.hpp", "#include <nlohmann/json.hpp>\n#include <zlib.h>\n")
      .add("lib/ravine/data/idx.hpp", "#include <spdlog/spdlog.h>\n");
  EXPECT_THAT(heavy_public_headers(tree.root()),
              ElementsAre(HasSubstr("lib/ravine/data/csv.hpp:1: nlohmann/json.hpp"),
                          HasSubstr("lib/ravine/data/csv.hpp:2: zlib.h")));
}

TEST(MisplacedPackages, HouseHasNone) { EXPECT_THAT(misplaced_packages(checkout), IsEmpty()); }

TEST(MisplacedPackages, FindsXtensorAndBlasAboveTheTensorFloor) {
  Tree tree;
  tree.add("lib/ravine/tensor/gemm.cpp", "#include <cblas.h>\n")
      .add("lib/ravine/nn/linear.cpp", "#include <cblas.h>\n#include <xtensor/xarray.hpp>\n")
      .add("apps/train.cpp", "#include <xtensor-blas/xlinalg.hpp>\n");
  EXPECT_THAT(misplaced_packages(tree.root()),
              ElementsAre(HasSubstr("linear.cpp:1"), HasSubstr("linear.cpp:2"),
                          HasSubstr("apps/train.cpp:1")));
}

}  // namespace
}  // namespace ravine::house
