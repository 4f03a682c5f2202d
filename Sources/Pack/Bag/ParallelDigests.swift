import Dispatch
import Synchronization

/// Digests of many files on all cores: each algorithm of each large file is a task of its own, so
/// that one large file still keeps two cores busy.
enum ParallelDigests {
  /// Below so many bytes in all, one core does it.
  private static let parallelFrom = 4 << 20

  /// For each file its checksums by algorithm; nil for one that can't be read.
  static func of(
    _ files: [(path: String, size: Int, algorithms: [BagAlgorithm])], in tree: any FileTree
  ) -> [[BagAlgorithm: String]?] {
    var tasks: [(file: Int, algorithms: [BagAlgorithm], cost: Int)] = []
    let isLarge = files.reduce(0) { $0 + $1.size } >= parallelFrom
    for (index, file) in files.enumerated() {
      if isLarge, file.size >= 1 << 16 {
        for algorithm in file.algorithms {
          // SHA-512 takes about twice as long where SHA-256 has instructions of its own.
          tasks.append((index, [algorithm], file.size * (algorithm == .sha512 ? 2 : 1)))
        }
      } else {
        tasks.append((index, file.algorithms, file.size))
      }
    }
    tasks.sort { $0.cost > $1.cost }
    let results = Mutex<[[BagAlgorithm: String]?]>(Array(repeating: [:], count: files.count))
    let work: @Sendable (Int) -> Void = { [tasks] number in
      let task = tasks[number]
      var hasher = BagHasher(task.algorithms)
      let done: Void? = try? tree.forEachPiece(of: files[task.file].path) { hasher.update($0) }
      let digests = hasher.finish()
      results.withLock { all in
        if done == nil { all[task.file] = nil }
        for (algorithm, digest) in digests { all[task.file]?[algorithm] = digest }
      }
    }
    if isLarge {
      DispatchQueue.concurrentPerform(iterations: tasks.count, execute: work)
    } else {
      for number in tasks.indices { work(number) }
    }
    return results.withLock { $0 }
  }
}
