#include "ravine/optim/setting.hpp"
#include <gtest/gtest.h>
TEST(Setting, A){}
