import Assurance
import Glibc
import Synchronization

/// The shared strings of a workbook, read on a thread of their own while the cells that name them
/// are read on the caller's.
///
/// Strings lie in blocks that never move. The reading thread writes behind ``published``, the
/// caller's reads before it, and waits only for a string that is not there yet; sheets name strings
/// about in their order. ``finish()`` or ``stop()`` must be called before the last reference goes.
final class SharedStrings: @unchecked Sendable {
  private typealias Text = UnsafeMutablePointer<UInt8>

  private static let blockBytes = 1 << 18
  private static let entryBits = 16
  /// Strings are shown so many at a time.
  private static let step = 256
  /// The length that stands before a text.
  private static let prefix = MemoryLayout<UInt32>.size

  // The reading thread's own until it ends.
  private var blocks: [Text] = []
  private var open: Text
  private var openCount = 0
  /// Room in the last block, behind the open text.
  private var room = 0
  private var textBytes = 0
  private var closed = 0
  /// Blocks of texts by number. There is room for all that the bound allows: it never moves.
  private let entries: UnsafeMutablePointer<UnsafeMutablePointer<Text>?>
  private let entryBlocks: Int

  private let published = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Behind the mutex.
  private var isDone = true
  private var failure: (any Error)?
  // The caller's own.
  private var seen = 0
  private var thread: PipeThread?

  /// No strings.
  init(textMax: Int = 0) {
    entryBlocks = ((textMax / 8) >> Self.entryBits) + 2
    entries = .allocate(capacity: entryBlocks)
    entries.initialize(repeating: nil, count: entryBlocks)
    open = .allocate(capacity: Self.prefix)
    blocks = [open]
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(changed, nil)
  }

  deinit {
    for block in blocks { block.deallocate() }
    for block in 0..<entryBlocks { entries[block]?.deallocate() }
    entries.deallocate()
    pthread_cond_destroy(changed)
    pthread_mutex_destroy(mutex)
    changed.deallocate()
    mutex.deallocate()
  }

  /// Begins to read the strings of a workbook; there are none if it has no part for them.
  static func begin(_ package: ZipPackage, part: String?) throws -> SharedStrings {
    let table = SharedStrings(textMax: package.bounds.sharedTextMax)
    guard let input = try package.input(part ?? "xl/sharedStrings.xml", isShown: false) else {
      return table
    }
    let handler = StringsHandler(bounds: package.bounds, table: table)
    let place = "\(package.name), shared strings"
    table.isDone = false
    table.thread = try PipeThread {
      let outcome = Result { try XMLReader.parse(input, handler: handler, place: place) }
      table.end(outcome)
    }
    return table
  }

  /// Waits until all strings are read.
  ///
  /// - Throws: what reading them met.
  func finish() throws {
    thread?.join()
    thread = nil
    if let failure { throw failure }
  }

  /// Ends the reading early.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    thread?.join()
    thread = nil
  }

  /// How many there are so far.
  var count: Int { published.load(ordering: .acquiring) }

  /// A string by its number, from 0; nil if there is none. Waits for one that is still to be read.
  /// Valid as long as the table.
  func text(_ index: Int) -> UnsafeBufferPointer<UInt8>? {
    if index >= seen, !waitFor(index) { return nil }
    guard index >= 0, let text = entries[index >> Self.entryBits]?[index & Self.entryMask] else {
      return nil
    }
    let length = UnsafeRawPointer(text).loadUnaligned(as: UInt32.self)
    return UnsafeBufferPointer(start: text + Self.prefix, count: Int(length))
  }

  private static let entryMask = (1 << entryBits) - 1

  private func waitFor(_ index: Int) -> Bool {
    seen = count
    if index < seen { return true }
    pthread_mutex_lock(mutex)
    while !isDone, index >= count { pthread_cond_wait(changed, mutex) }
    pthread_mutex_unlock(mutex)
    seen = count
    return index < seen
  }

  // MARK: The reading thread

  fileprivate var mustStop: Bool { isStopped.load(ordering: .relaxed) }

  /// What counts towards the bound: the texts, and what it takes to find them.
  fileprivate var size: Int { textBytes + closed * 8 }

  fileprivate func append(_ text: UnsafePointer<UInt8>, _ count: Int) {
    if count > room { addBlock(for: count) }
    memcpy(open + Self.prefix + openCount, text, count)
    openCount += count
    room -= count
    textBytes += count
  }

  /// A block with room for the open text and more; what is open moves there.
  private func addBlock(for more: Int) {
    let capacity = max(Self.blockBytes, (Self.prefix + openCount + more) * 2)
    let block = Text.allocate(capacity: capacity)
    if openCount > 0 { memcpy(block + Self.prefix, open + Self.prefix, openCount) }
    blocks.append(block)
    open = block
    room = capacity - Self.prefix - openCount
  }

  /// Ends the string that is open; escapes in it are resolved in place.
  fileprivate func close() {
    let length = CharacterEscapes.resolve(open + Self.prefix, openCount)
    textBytes -= openCount - length
    room += openCount - length
    UnsafeMutableRawPointer(open).storeBytes(
      of: UInt32(truncatingIfNeeded: length), as: UInt32.self)
    let block = closed >> Self.entryBits
    let texts = entries[block] ?? .allocate(capacity: 1 << Self.entryBits)
    entries[block] = texts
    (texts + (closed & Self.entryMask)).initialize(to: open)
    closed += 1
    open += Self.prefix + length
    openCount = 0
    if room >= Self.prefix { room -= Self.prefix } else { addBlock(for: 1) }
    if closed % Self.step == 0 { publish() }
  }

  private func publish() {
    published.store(closed, ordering: .releasing)
    pthread_mutex_lock(mutex)
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }

  private func end(_ outcome: Result<Void, any Error>) {
    pthread_mutex_lock(mutex)
    if case .failure(let error) = outcome { failure = error }
    isDone = true
    published.store(closed, ordering: .releasing)
    pthread_cond_broadcast(changed)
    pthread_mutex_unlock(mutex)
  }
}

private final class StringsHandler: XMLHandler {
  private let table: SharedStrings
  private var nItem, nText, nPhonetic: XMLName?
  private var isText = false
  private var phoneticDepth = 0

  init(bounds: Bounds, table: SharedStrings) {
    self.table = table
    super.init(bounds: bounds)
  }

  override func prepare() {
    nItem = name("si")
    nText = name("t")
    nPhonetic = name("rPh")
  }

  override func start(_ name: XMLName, _ namespace: XMLName?, _ attributes: XMLAttributes) {
    if name == nPhonetic { phoneticDepth = depth }
    isText = name == nText && phoneticDepth == 0
  }

  override func text(_ text: UnsafePointer<UInt8>, _ count: Int) {
    guard isText else { return }
    guard table.size + count <= bounds.sharedTextMax else { return failSize() }
    table.append(text, count)
  }

  override func end(_ name: XMLName, _ namespace: XMLName?) {
    isText = false
    if name == nPhonetic { phoneticDepth = 0 }
    if name == nItem {
      // Before it is put anywhere: there is room for as many as the bound allows.
      guard table.size + 8 <= bounds.sharedTextMax else { return failSize() }
      table.close()
      if table.mustStop { attempt { throw PipeCancelled() } }
    }
  }

  private func failSize() {
    fail(
      "text-too-long", "the shared strings exceed the bound of \(bounds.sharedTextMax) bytes",
      remedy: "split the workbook")
  }
}
