#pragma once

namespace ravine {

/// Whether operations on this thread are recorded for a backward pass.
bool grad_enabled();

/// While one lives, operations on its thread are not recorded: results are constants.
class NoGrad {
 public:
  NoGrad();
  ~NoGrad();
  NoGrad(const NoGrad&) = delete;
  NoGrad& operator=(const NoGrad&) = delete;

 private:
  bool before_;
};

}  // namespace ravine
