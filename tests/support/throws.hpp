#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <typeinfo>

#include "ravine/tensor/error.hpp"

namespace ravine::test {

/// What an action that must throw an `Exception` says: one line.
template <class Exception = InputError, class Action>
std::string message(const Action& action) {
  try {
    action();
  } catch (const Exception& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.find('\n'), std::string::npos) << what;
    return what;
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

/// Succeeds when `call` throws exactly an `Expected` (no class derived from it) whose message is
/// one line that matches.
template <class Expected, class Call>
testing::AssertionResult throws(Call call, const testing::Matcher<std::string>& message) {
  try {
    call();
  } catch (const std::exception& error) {
    const std::string what = error.what();
    if (typeid(error) != typeid(Expected))
      return testing::AssertionFailure() << "another exception was thrown: " << what;
    if (what.find('\n') != std::string::npos)
      return testing::AssertionFailure() << "the message has more than one line: " << what;
    testing::StringMatchResultListener listener;
    if (!testing::ExplainMatchResult(message, what, &listener)) {
      return testing::AssertionFailure()
             << "the message is '" << what << "', wanted one that "
             << testing::DescribeMatcher<std::string>(message) << ' ' << listener.str();
    }
    return testing::AssertionSuccess();
  }
  return testing::AssertionFailure() << "nothing was thrown";
}

}  // namespace ravine::test
