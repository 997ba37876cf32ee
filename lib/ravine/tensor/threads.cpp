#include "ravine/tensor/threads.hpp"

#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <limits>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

#include "ravine/tensor/blas.hpp"
#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

namespace ravine {
namespace {

/// How long a thread without work watches for more before it sleeps, in pauses of the processor (10
/// to 40 ns each): longer than what a training step does between two parallel regions, and short
/// enough to leave the core to others on a busy machine.
constexpr int pauses_before_sleep = 2000;

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::atomic_signal_fence(std::memory_order_seq_cst);
#endif
}

/// Waits until `value` is no longer `old`: watching first, then asleep.
void wait_while(const std::atomic<std::uint32_t>& value, std::uint32_t old) {
  for (int i = 0; i < pauses_before_sleep; ++i) {
    if (value.load(std::memory_order_acquire) != old) return;
    pause();
  }
  value.wait(old, std::memory_order_acquire);
}

/// Threads that help one caller at a time.
///
/// `claims_` holds the number of the region, how many parts it has and how many of them are taken,
/// in one word: who raises the last of the three has claimed a part, and with it the right to read
/// `body_`, which stays until all parts are done.
class Pool {
 public:
  static constexpr std::size_t most_parts = 0xFFFF;

  /// Starts `helpers` threads. They keep the pool alive until they end; see `stop`.
  static std::shared_ptr<Pool> start(std::size_t helpers) {
    auto pool = std::make_shared<Pool>();
    try {
      for (std::size_t i = 0; i < helpers; ++i) std::thread([pool] { pool->help(); }).detach();
    } catch (const std::system_error&) {
      // The system gives no more threads: the callers compute what is left to do.
    }
    return pool;
  }

  void stop() {
    stopped_.store(true);
    announce();
  }

  /// False, and nothing done, when the pool serves another caller or this one already.
  bool run(std::size_t parts, const parallel::Body& body) {
    if (in_use_.test_and_set(std::memory_order_acquire)) return false;
    body_ = &body;
    done_.store(0, std::memory_order_relaxed);
    const std::uint64_t region = (claims_.load(std::memory_order_relaxed) >> region_shift) + 1;
    claims_.store(region << region_shift | std::uint64_t{parts} << parts_shift,
                  std::memory_order_release);
    announce();
    while (take_part()) {
    }
    for (std::uint32_t done = done_.load(); done != parts; done = done_.load())
      wait_while(done_, done);
    in_use_.clear(std::memory_order_release);
    return true;
  }

 private:
  static constexpr int parts_shift = 16;
  static constexpr int region_shift = 32;

  void announce() {
    news_.fetch_add(1);
    news_.notify_all();
  }

  /// Claims a part and computes it; false when none is left.
  bool take_part() {
    std::uint64_t claims = claims_.load(std::memory_order_acquire);
    do {
      if ((claims & most_parts) == (claims >> parts_shift & most_parts)) return false;
    } while (!claims_.compare_exchange_weak(claims, claims + 1, std::memory_order_acq_rel,
                                            std::memory_order_acquire));
    (*body_)(claims & most_parts);
    done_.fetch_add(1);
    done_.notify_one();
    return true;
  }

  void help() {
    blas::use_one_thread();
    while (!stopped_.load()) {
      const std::uint32_t seen = news_.load();
      while (take_part()) {
      }
      if (!stopped_.load()) wait_while(news_, seen);
    }
  }

  std::atomic_flag in_use_;
  const parallel::Body* body_ = nullptr;
  // Each on a cache line of its own: they change at different times, in different threads.
  alignas(64) std::atomic<std::uint64_t> claims_{0};
  alignas(64) std::atomic<std::uint32_t> done_{0};
  alignas(64) std::atomic<std::uint32_t> news_{0};
  std::atomic<bool> stopped_{false};
};

/// The pool is started by the first region that wants help. Its threads are never joined: a process
/// that ends, or was forked, need not wait for them.
struct Threads {
  std::atomic<std::size_t> count{usable_cores()};
  std::mutex changing;
  std::shared_ptr<Pool> owner;
  std::atomic<Pool*> pool{nullptr};

  Pool& started_pool() {
    if (Pool* started = pool.load(std::memory_order_acquire)) return *started;
    const std::lock_guard lock(changing);
    if (!owner) owner = Pool::start(count - 1);
    pool.store(owner.get(), std::memory_order_release);
    return *owner;
  }
};

/// Linux writes how many microseconds of every so many a control group may compute: "150000
/// 100000", or "max 100000" for no limit.
std::size_t cores_of_quota(const char* path) {
  std::ifstream file(path);
  double quota = 0;
  double period = 0;
  if (!(file >> quota >> period) || period <= 0) return std::numeric_limits<std::size_t>::max();
  return static_cast<std::size_t>(std::ceil(quota / period));
}

Threads& of_the_process() {
  static auto& threads = *new Threads;  // outlives all that could compute while the program ends
  return threads;
}

}  // namespace

std::size_t usable_cores() {
  cpu_set_t cores;
  const std::size_t allowed = sched_getaffinity(0, sizeof cores, &cores) == 0
                                  ? static_cast<std::size_t>(CPU_COUNT(&cores))
                                  // more cores than the set has room for
                                  : std::max(std::thread::hardware_concurrency(), 1U);
  return std::clamp<std::size_t>(cores_of_quota("/sys/fs/cgroup/cpu.max"), 1, allowed);
}

void set_threads(std::size_t count) {
  if (count == 0 || count > Pool::most_parts)
    throw InputError(
        text("threads must be from 1 to ", Pool::most_parts, ", ", count, " were given"));
  Threads& process = of_the_process();
  const std::lock_guard lock(process.changing);
  process.count = count;
  if (!process.owner) return;
  process.owner->stop();
  process.owner.reset();
  process.pool = nullptr;
}

std::size_t threads() { return of_the_process().count.load(std::memory_order_relaxed); }

namespace parallel {

Range part_of(std::size_t count, std::size_t parts, std::size_t part, std::size_t unit) {
  const std::size_t units = (count + unit - 1) / unit;
  const auto place = [&](std::size_t p) {
    return std::min(count, (units / parts * p + std::min(p, units % parts)) * unit);
  };
  return {.begin = place(part), .end = place(part + 1)};
}

void run_together(std::size_t parts, Body body) {
  const bool worth_help = parts > 1 && parts <= Pool::most_parts;
  if (worth_help && of_the_process().started_pool().run(parts, body)) return;
  for (std::size_t part = 0; part < parts; ++part) body(part);
}

}  // namespace parallel
}  // namespace ravine
