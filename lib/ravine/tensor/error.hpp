#pragma once

#include <stdexcept>
#include <string>

namespace ravine {

/// Everything ravine throws. `what()` is one line: what is wrong, where, and what would be right.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The request was wrong (an argument, an option, a file's format or data); nothing was done.
class InputError : public Error {
 public:
  using Error::Error;
};

/// Shapes that do not fit the operation they were given to.
class ShapeError : public InputError {
 public:
  using InputError::InputError;
};

/// A name that nobody registered; the message offers the nearest one that somebody did.
class UnknownName : public InputError {
 public:
  using InputError::InputError;
};

/// A call that the object's state does not allow, such as a second backward through a freed graph.
class StateError : public Error {
 public:
  using Error::Error;
};

/// Reading or writing failed while the work was under way (disk full, a file that vanished).
class IoError : public Error {
 public:
  using Error::Error;
};

/// Why the last call of the operating system failed: what `errno` says.
std::string errno_text();

}  // namespace ravine
