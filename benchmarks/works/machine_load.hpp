#pragma once

namespace ravine::benchmarks {

/// How busy other programs kept the machine since this was made: numbers from a busy machine are
/// not worth much, and their reader has to know.
class MachineLoad {
 public:
  MachineLoad();
  /// Seconds of the processor's time that went to others, by those there were in all, in [0, 1].
  /// What this process has started and waited for counts as its own.
  double share_of_others() const;

 private:
  /// Seconds over all cores, since the machine's start and this process's.
  struct Times {
    double busy, all, own;
  };
  static Times now();

  Times start_;
};

}  // namespace ravine::benchmarks
