#pragma once

#include <gtest/gtest.h>

#include <string>

#include "ravine/tensor/error.hpp"

namespace ravine::optim::testing {

/// What an action that must throw an `Exception` says.
template <class Exception, class Action>
std::string message(const Action& action) {
  try {
    action();
  } catch (const Exception& error) {
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

}  // namespace ravine::optim::testing
