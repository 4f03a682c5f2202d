import Assurance
import Glibc

/// Reads a file on a thread of its own and hands the rows to a sink on the caller's.
///
/// What the sink is told, and in what order, is the same as without the pipe, whatever the timing:
/// an error of the sink comes before one that the parser met later in the file. The two threads
/// share nothing but the queue; a batch belongs to the one that holds it.
enum RowPipe {
  /// Batches in circulation: bounds the memory, and how far the parser runs ahead.
  static let batches = 6

  /// - Parameter parse: reads the whole file into the sink it is given, on the other thread.
  /// - Throws: what the sink throws, else what `parse` throws.
  static func run(
    into sink: RowSink, progress: () -> Void = {}, parse: @escaping (RowSink) throws -> Void
  ) throws {
    precondition(!sink.wantsFormulas && !sink.wantsParts, "not carried through a pipe")
    let queue = RowQueue(canRestart: sink.canRestart)
    let thread = try PipeThread {
      let writer = PipedSink(queue)
      do {
        try parse(writer)
        writer.flush()
        queue.put(.end(nil))
      } catch {
        // The rows before the error were read before it.
        writer.flush()
        queue.put(.end(error))
      }
    }
    // However this ends, the other thread has ended before.
    defer {
      queue.cancel()
      thread.join()
    }
    let row = RowBuffer(lending: ())
    while true {
      switch queue.take() {
      case .rows(let batch):
        for index in 0..<batch.count {
          batch.lend(index, as: row)
          try sink.row(row)
        }
        queue.give(batch)
        progress()
      case .call(let call): try call(sink)
      case .question(let question): queue.answer(try question(sink))
      case .end(let error):
        if let error { throw error }
        return
      }
    }
  }
}

/// The parser's end of a ``RowPipe``: copies rows into batches, and sends all else in its order.
///
/// Whatever ``RowSink`` can be told must be passed on here, but for formulas and parts, which no
/// sink behind a pipe asks for.
private final class PipedSink: RowSink {
  private let queue: RowQueue
  private var batch: RowBatch?
  private var head: TableHead?
  /// The reader's own copy of the table that is open, and how many columns it knows of.
  private var columns = 0
  private var copy: TableHead?

  init(_ queue: RowQueue) {
    self.queue = queue
  }

  override var canRestart: Bool { queue.canRestart }

  override func begin(_ table: TableHead) throws -> Bool {
    flush()
    let copy = table.copy()
    head = table
    columns = table.columnNames.count
    self.copy = copy
    return try queue.ask { try $0.begin(copy) }
  }

  override func row(_ row: RowBuffer) throws {
    if let head, head.columnCount != columns { addColumns(head) }
    if batch == nil { batch = try queue.batch() }
    guard let batch else { return }
    batch.append(row)
    if batch.isFull { flush() }
  }

  override func end(_ tail: TableTail) throws {
    flush()
    queue.put(.call { try $0.end(tail) })
  }

  override func remark(_ remark: Remark) {
    // Remarks concern the file: their order among rows says nothing, that among themselves is kept.
    queue.put(.call { $0.remark(remark) })
  }

  override func restart() throws {
    batch?.empty()
    queue.put(.call { try $0.restart() })
  }

  /// Hands over what was collected.
  func flush() {
    guard let batch else { return }
    self.batch = nil
    queue.put(.rows(batch))
  }

  /// Columns that were met since the table began, told before the first row that has them.
  private func addColumns(_ head: TableHead) {
    flush()
    let names = head.columnNames
    columns = names.count
    if let copy { queue.put(.call { _ in copy.columnNames = names }) }
  }
}

/// What passes through the pipe, in order.
enum RowItem {
  case rows(RowBatch)
  /// Something told to the sink between rows.
  case call((RowSink) throws -> Void)
  /// Something asked of the sink; the parser waits for the answer.
  case question((RowSink) throws -> Bool)
  /// The parser is done, perhaps by an error.
  case end((any Error)?)
}

/// The reader's side has ended; never shown to anybody.
struct PipeCancelled: Error {}

/// The queue between the two threads: full batches one way, empty ones back.
final class RowQueue: @unchecked Sendable {
  let canRestart: Bool
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var items: [RowItem] = []
  private var free: [RowBatch]
  private var answer: Bool?
  private var isCancelled = false

  init(canRestart: Bool) {
    self.canRestart = canRestart
    free = (0..<RowPipe.batches).map { _ in RowBatch() }
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  private func locked<Value>(_ body: () throws -> Value) rethrows -> Value {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(changed)
      pthread_mutex_unlock(mutex)
    }
    return try body()
  }

  private func wait() { pthread_cond_wait(changed, mutex) }

  // MARK: The parser's side

  /// An empty batch; waits until there is one.
  func batch() throws -> RowBatch {
    try locked {
      while free.isEmpty, !isCancelled { wait() }
      if isCancelled { throw PipeCancelled() }
      return free.removeLast()
    }
  }

  func put(_ item: RowItem) { locked { items.append(item) } }

  func ask(_ question: @escaping (RowSink) throws -> Bool) throws -> Bool {
    try locked {
      items.append(.question(question))
      pthread_cond_broadcast(changed)
      while answer == nil, !isCancelled { wait() }
      guard let given = answer else { throw PipeCancelled() }
      answer = nil
      return given
    }
  }

  // MARK: The reader's side

  /// The next item; waits until there is one.
  func take() -> RowItem {
    locked {
      while items.isEmpty { wait() }
      return items.removeFirst()
    }
  }

  func give(_ batch: RowBatch) {
    batch.empty()
    locked { free.append(batch) }
  }

  func answer(_ answer: Bool) { locked { self.answer = answer } }

  func cancel() { locked { isCancelled = true } }
}

/// A thread that is joined before the work it does is forgotten.
///
/// Not of Swift's own pool: a parser holds it for seconds, and C callbacks can't wait there.
final class PipeThread {
  private var thread = pthread_t()
  private var isJoined = false

  init(_ work: @escaping () -> Void) throws(AssureError) {
    let box = Unmanaged.passRetained(Work(work))
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, box.toOpaque())
    guard code == 0 else {
      isJoined = true
      box.release()
      throw AssureError(
        "no-thread", "the system gives no thread: \(String(cString: strerror(code)))",
        remedy: "close other programs and give the command again")
    }
  }

  func join() {
    guard !isJoined else { return }
    isJoined = true
    pthread_join(thread, nil)
  }

  deinit { join() }

  private final class Work {
    let run: () -> Void
    init(_ run: @escaping () -> Void) { self.run = run }
  }
}
