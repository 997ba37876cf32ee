#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <string_view>

#include "ravine/data/catalog.hpp"

namespace ravine::test {

/// Whether a dataset that does not ship with ravine is there; where the variable CI is set, it is a
/// failure if not. `if (!dataset_is_there("mnist")) GTEST_SKIP() << "datasets/fetch mnist";`
inline bool dataset_is_there(std::string_view name) {
  const bool there = data::find_folder(*data::find_in_catalog(name), {}).has_value();
  if (!there && std::getenv("CI") != nullptr)
    ADD_FAILURE() << "the dataset " << name << " is not there, and CI is set";
  return there;
}

}  // namespace ravine::test
