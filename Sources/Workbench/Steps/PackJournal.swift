import Assurance
import Foundation
import Pack
import Trail

/// A note beside the store that a pack is about to take its name, so that one whose command was
/// killed before it reached the trail is put there by the next command.
///
/// The file is `.assure/packing`; it is empty or has one entry. Whoever packs holds a lock on it,
/// which ends with the process. An entry that nobody holds was left by a killed command: if its
/// folder is there with its digest, the trail still lacks it.
struct PackJournal {
  struct Entry {
    /// An absolute path.
    let folder: String
    let digest: String
    let files: Int
    let kpis: [String]
    let actor: String
  }

  private let descriptor: Int32
  private let path: String

  /// Waits for another command that packs.
  init(folder: String) throws(AssureError) {
    try Folder.make(folder + "/.assure")
    let path = folder + "/.assure/packing"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else { throw Self.failure(path) }
    (self.descriptor, self.path) = (descriptor, path)
  }

  /// - Returns: nil if there is no journal, or one that a running command holds.
  private init?(left folder: String) {
    path = folder + "/.assure/packing"
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      return nil
    }
  }

  private static func failure(_ path: String) -> AssureError {
    AssureError(
      "cannot-write", place: path, "the note about the pack cannot be written",
      remedy: "check that the folder may be written and has room")
  }

  /// Writes the entry and flushes it to the disk.
  func write(_ entry: Entry) throws(AssureError) {
    let bytes = entry.json.bytes
    guard ftruncate(descriptor, 0) == 0,
      pwrite(descriptor, bytes, bytes.count, 0) == bytes.count, fsync(descriptor) == 0
    else { throw Self.failure(path) }
  }

  func clear() { _ = ftruncate(descriptor, 0) }
  func release() { close(descriptor) }

  private func entry() -> Entry? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return (try? CanonicalJSON(parsing: Array(bytes[..<count]))).flatMap { Entry($0) }
  }

  /// Puts a pack into the trail whose command was killed between the two.
  ///
  /// Where the store cannot be written now, the entry waits for the next command.
  static func recover(_ engagement: Engagement) {
    guard let journal = PackJournal(left: engagement.folder) else { return }
    defer { journal.release() }
    guard let entry = journal.entry() else { return }
    if entry.isThere {
      guard let at = try? Moment.now(), (try? engagement.store.recordOnce(entry, at: at)) != nil
      else { return }
    }
    journal.clear()
  }
}

extension PackJournal.Entry {
  init(receipt: EvidencePack.Receipt, kpis: [String], actor: String) {
    self.init(
      folder: URL(fileURLWithPath: receipt.folder).standardizedFileURL.path,
      digest: receipt.digest, files: receipt.payloadCount, kpis: kpis, actor: actor)
  }

  init?(_ json: CanonicalJSON) {
    guard let folder = json["folder"]?.string, let digest = json["digest"]?.string,
      let files = json["files"]?.integer, let kpis = json["kpis"]?.array,
      let actor = json["actor"]?.string
    else { return nil }
    self.init(
      folder: folder, digest: digest, files: Int(files), kpis: kpis.compactMap(\.string),
      actor: actor)
  }

  var json: CanonicalJSON {
    [
      "folder": .string(folder), "digest": .string(digest), "files": .integer(Int64(files)),
      "kpis": .array(kpis.map { .string($0) }), "actor": .string(actor),
    ]
  }

  var event: Event {
    Event(
      "pack.written",
      [
        "pack": .string(URL(fileURLWithPath: folder).lastPathComponent),
        "digest": .string(digest), "kpis": .array(kpis.map { .string($0) }),
        "files": .integer(Int64(files)),
      ])
  }

  /// Whether the folder took its name, by the digest that stands for all of it.
  var isThere: Bool {
    guard let data = FileManager.default.contents(atPath: folder + "/tagmanifest-sha256.txt")
    else { return false }
    return Digest(of: Array(data)).hex == digest
  }
}

extension Store {
  /// Records a pack unless the trail has its digest under its name.
  func recordOnce(_ entry: PackJournal.Entry, at: String) throws(AssureError) {
    let event = entry.event
    let isKnown = try read { db in
      try TrailTables.lines(db).contains { line in
        guard line.contains(entry.digest) else { return false }
        let facts = try CanonicalJSON(parsing: Array(line.utf8))
        return facts["event"]?.string == event.kind
          && facts["facts"]?["digest"]?.string == entry.digest
          && facts["facts"]?["pack"]?.bytes == event.facts["pack"]?.bytes
      }
    }
    guard !isKnown else { return }
    try commit(actor: entry.actor, at: at) { _ in (event, ()) }
  }
}
