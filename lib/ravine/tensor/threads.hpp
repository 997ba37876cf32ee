#pragma once

#include <algorithm>
#include <cstddef>

// The compute threads of the process: one pool, which all heavy operations share.

namespace ravine {

/// The cores that this process may use: by its affinity, and by its share of processor time where a
/// container limits that.
std::size_t usable_cores();

/// How many threads compute, the calling one included; all usable cores until it is set. Not to be
/// called while other threads compute. Throws InputError for 0 and for more than 65535.
///
/// Results are bit-identical for the same number of threads and may differ in the last bits between
/// numbers. OpenBLAS works inside these threads with one each, whatever OPENBLAS_NUM_THREADS says:
/// the first product in a thread tells it so, for the whole process.
void set_threads(std::size_t count);
std::size_t threads();

namespace parallel {

/// The part [begin, end) of a range.
struct Range {
  std::size_t begin;
  std::size_t end;
  std::size_t size() const { return end - begin; }
};

/// Part number `part` of [0, count) cut into `parts`, at multiples of `unit`; the last ones may be
/// empty. It depends on these numbers alone: who computes a part changes no result.
Range part_of(std::size_t count, std::size_t parts, std::size_t part, std::size_t unit = 1);

/// A function of a part's number, by reference: it must live until the call that takes it returns.
class Body {
 public:
  template <class Function>
  Body(const Function& function)
      : function_(&function),
        call_([](const void* f, std::size_t part) { (*static_cast<const Function*>(f))(part); }) {}
  void operator()(std::size_t part) const { call_(function_, part); }

 private:
  const void* function_;
  void (*call_)(const void* function, std::size_t part);
};

/// Calls `body(part)` once for every part from 0 to parts - 1 and returns when all are done. The
/// pool's threads help where they are free; the calling thread computes what nobody else has begun,
/// and all of it inside another parallel region or while another thread uses the pool. `body` must
/// not throw.
void run_together(std::size_t parts, Body body);
inline void run(std::size_t parts, Body body) {
  if (parts == 1)
    body(0);
  else
    run_together(parts, body);
}

/// How many parts `work` is worth cutting into: 1 when it is below `least_work` a part, at most one
/// a thread.
inline std::size_t parts_for(std::size_t work, std::size_t least_work) {
  if (work < 2 * least_work) return 1;
  return std::min(work / least_work, threads());
}

}  // namespace parallel
}  // namespace ravine
