#include "ravine/report/lab/settings_words.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace ravine::report {
namespace {

TEST(SettingsWords, NameTheRule) {
  EXPECT_EQ(words_of({.lr = 0.0198019}), "gradient descent at learning rate 0.0198");
  EXPECT_EQ(words_of({.lr = 0.25, .momentum = 0.9}), "momentum 0.9 at learning rate 0.25");
  EXPECT_EQ(words_of({.lr = 4, .momentum = 0.99998}), "momentum 1−2e-05 at learning rate 4");
}

TEST(FactorText, IsOneForOneAlone) {
  EXPECT_EQ(factor_text(0.980198), "0.9802");
  EXPECT_EQ(factor_text(2.5e-11), "2.5e-11");
  EXPECT_EQ(factor_text(1 - 2e-6), "1−2e-06");
  EXPECT_EQ(factor_text(1 + 3e-5), "1+3e-05");
  EXPECT_EQ(factor_text(1), "1");
  EXPECT_EQ(factor_text(std::nextafter(1.0, 0.0)), "1");  // but for rounding
}

}  // namespace
}  // namespace ravine::report
