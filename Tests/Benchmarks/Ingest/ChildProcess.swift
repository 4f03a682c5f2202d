import Glibc

/// A program run to its end, with what it cost.
struct ChildProcess {
  /// Wall time, and processor time of all its threads, in seconds.
  let wall: Double
  let processor: Double
  /// The largest resident memory, in bytes.
  let peak: Int
  let status: Int32

  /// Runs a program found by path or in PATH; its standard output is dropped.
  init(_ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var words = arguments.map { strdup($0) }
    words.append(nil)
    defer { for word in words { free(word) } }
    var child = pid_t()
    let start = ContinuousClock.now
    guard posix_spawnp(&child, arguments[0], &actions, nil, words, environ) == 0 else {
      throw BenchmarkError("cannot run \(arguments[0])")
    }
    var usage = rusage()
    var state: Int32 = 0
    while wait4(child, &state, 0, &usage) < 0, errno == EINTR {}
    wall = Self.seconds(ContinuousClock.now - start)
    processor =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
    peak = usage.ru_maxrss * 1024
    status = state >> 8
  }

  static func seconds(_ duration: Duration) -> Double {
    let (seconds, rest) = duration.components
    return Double(seconds) + Double(rest) / 1e18
  }
}
