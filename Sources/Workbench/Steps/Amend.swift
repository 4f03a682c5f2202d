package import Assurance
import Foundation
import Pack
import Trail

/// What was written.
package struct AmendmentReceipt: Sendable {
  package let number: Int
  package let folder: String
  /// SHA-256 of its `tagmanifest-sha256.txt`.
  package let digest: String
  /// The digest of the pack that it amends.
  package let amends: String
}

/// Additions after the lock. Nothing in the locked file changes, nor in the store but the log.
extension Engagement {
  /// Writes a bag of additions to the locked pack.
  ///
  /// - Parameters:
  ///   - locked: the folder of the locked pack.
  ///   - files: what is added; kept by digest as well.
  ///   - reason: why.
  ///   - effect: what it changes in the conclusion, in words.
  /// - Throws: `not-locked`, `pack-not-locked` for a pack that is not the locked one.
  package func amend(
    pack locked: String, files: [String], reason: String, effect: String, to target: String,
    tool: String
  ) throws(AssureError) -> AmendmentReceipt {
    let workflow = try workflow()
    guard let lock = workflow.locked else {
      throw AssureError(
        "not-locked", place: "engagement", "the file is not locked; it needs no amendment",
        remedy: "work on, or lock it with `assure lock --pack DIR`")
    }
    let list = try Self.list(of: locked)
    guard Digest(of: list).hex == lock.pack else {
      throw AssureError(
        "pack-not-locked", place: locked, "this is not the pack that was locked, \(lock.pack)",
        remedy: "name the locked pack with --pack")
    }
    _ = try packDigest(locked)
    let person = try member()
    var added: [PackFile] = []
    for file in files {
      let kept = try KeptEvidence.keep(file, in: folder + "/.assure/sources")
      added.append(
        try packFile(
          path: sourcePath(digest: kept.digest), name: kept.name, digest: kept.digest))
    }
    let number = workflow.amendments.count + 1
    let trail = try trailForPack()
    let amendment = Amendment(
      number: number, engagement: engagementFacts(tool: tool), amended: list,
      earlier: workflow.amendments.map(\.digest), reason: try Self.line(reason),
      effect: try Self.line(effect), by: person, asOf: trail.asOf, files: added,
      trail: trail.facts,
      signing: SigningFacts(
        signoffs: [], allowedSigners: Array(try Folder.text(signersPath).utf8),
        people: settings.signers, terms: terms))
    return try write(amendment, to: target)
  }

  private func write(
    _ amendment: Amendment, to target: String
  ) throws(AssureError) -> AmendmentReceipt {
    let digest: String
    do { digest = try AmendmentWriter.write(amendment, to: target) } catch let error as AssureError
    { throw error } catch {
      throw AssureError("cannot-write", place: target, "the amendment cannot be written: \(error)")
    }
    let at = try Moment.now()
    try store.commit(actor: actor, at: at) { _ in
      (
        Event(
          "amendment.written",
          [
            "amendment": .integer(Int64(amendment.number)), "digest": .string(digest),
            "amends": .string(amendment.amends), "reason": .string(amendment.reason),
            "effect": .string(amendment.effect), "by": .string(amendment.by),
            "files": .array(amendment.files.map { .string($0.digest ?? "") }),
          ]), ()
      )
    }
    return AmendmentReceipt(
      number: amendment.number, folder: target, digest: digest, amends: amendment.amends)
  }

  private static func list(of folder: String) throws(AssureError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: folder + "/tagmanifest-sha256.txt")
    else {
      throw AssureError(
        "folder-unreadable", place: folder, "it has no tagmanifest-sha256.txt",
        remedy: "name the folder of the locked pack")
    }
    return Array(data)
  }

  /// The digest of the list in an amendment of what it amends.
  func amended(by folder: String) throws(AssureError) -> Digest {
    guard let data = FileManager.default.contents(atPath: folder + "/" + Amendment.amendedPath)
    else {
      throw AssureError(
        "no-amendment", place: folder, "it is not the folder of an amendment",
        remedy: "name one that `assure amend` wrote")
    }
    return Digest(of: Array(data))
  }

  /// The number of the amendment in a folder, by the log.
  package func amendmentNumber(of folder: String) throws(AssureError) -> Int {
    let digest = Digest(of: try Self.list(of: folder)).hex
    guard let known = try workflow().amendments.first(where: { $0.digest == digest }) else {
      throw AssureError(
        "pack-unknown", place: folder, "no amendment with the digest \(digest) is in the log",
        remedy: "name one that `assure amend` wrote, as it was written")
    }
    return known.number
  }
}
