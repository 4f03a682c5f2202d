import Assurance
import Trail

/// Writes a bag of additions.
package enum AmendmentWriter {
  /// - Returns: the digest that stands for the whole of it.
  /// - Throws: `pack-exists`, `folder-unwritable`; the target then does not exist.
  package static func write(_ amendment: Amendment, to target: String) throws -> String {
    var folder = try PartialFolder(target: target)
    do {
      let digest = try write(amendment, into: &folder)
      try folder.finish()
      return digest
    } catch {
      folder.discard()
      throw error
    }
  }

  private static func write(
    _ amendment: Amendment, into folder: inout PartialFolder
  ) throws -> String {
    let placed = try amendment.placed()
    let events = amendment.trail.events.reduce(into: [UInt8]()) { $0 += $1 + [0x0A] }
    var payload: [(path: String, bytes: PackBytes)] = [
      (Amendment.factsPath, .memory(amendment.facts(placed))),
      (Amendment.textPath, .text(amendment.text(placed))),
      (Amendment.amendedPath, .memory(amendment.amended)), (PackPaths.events, .memory(events)),
      (PackPaths.checkpoint, .memory(amendment.trail.checkpoint)),
    ]
    if let key = amendment.trail.key { payload.append((PackPaths.logKey, .text(key + "\n"))) }
    for (path, bytes) in SignoffFiles.write(amendment.signing)
    where !path.hasPrefix(PackPaths.signoffs) || path == PackPaths.people {
      payload.append((path, .memory(bytes)))
    }
    payload += placed.map { ($0.path, $0.file.bytes) }
    var lists = ManifestWriter()
    for (path, bytes) in payload { try lists.write(path, bytes, to: &folder) }
    try lists.finish(folder)
    var tags = ManifestWriter()
    let info = info(amendment, lists)
    let way: [(String, PackBytes)] = [
      ("VERIFY.txt", .text(howTo(amendment))), ("bag-info.txt", .text(info)),
      ("bagit.txt", .text(EvidencePack.declaration)),
    ]
    for (path, bytes) in way { try tags.write(path, bytes, to: &folder) }
    for algorithm in BagAlgorithm.pack {
      let name = "manifest-\(algorithm.rawValue).txt"
      try tags.write(name, .text(lists.text(algorithm)), to: &folder)
    }
    try tags.finish(folder)
    var digest = ""
    for algorithm in BagAlgorithm.pack {
      let text = tags.text(algorithm)
      _ = try folder.write("tagmanifest-\(algorithm.rawValue).txt", .text(text))
      if algorithm == .sha256 { digest = Digest(ofText: text).hex }
    }
    return digest
  }

  private static func info(_ amendment: Amendment, _ lists: ManifestWriter) -> String {
    let engagement = amendment.engagement
    let lines = [
      ("Bag-Software-Agent", engagement.tool),
      ("BagIt-Profile-Identifier", "urn:assure:amendment:1"),
      ("Bagging-Date", String(amendment.asOf.prefix(10))),
      ("External-Description", "Amendment \(amendment.number): \(engagement.entity)"),
      ("External-Identifier", "\(engagement.id)-amend-\(amendment.number)"),
      ("Payload-Oxum", "\(lists.size).\(lists.count)"),
    ]
    return lines.map { "\($0.0): \(VisibleText.of($0.1))\n" }.joined()
  }

  private static func howTo(_ amendment: Amendment) -> String {
    """
    Amendment \(amendment.number) of \(VisibleText.of(amendment.engagement.id))

    It adds to a locked pack and changes nothing in it. Read data/amendment.md.

    1. The number of this folder:
         sha256sum tagmanifest-sha256.txt
    2. Every file as listed:
         sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt
    3. The pack that it amends has this list; run the same command there, it must print
       \(amendment.amends):
         sha256sum data/amends/tagmanifest-sha256.txt
    4. Who added it and who reviewed it, for each .txt in seal/ (put your own list of signers in
       place of data/keys/allowed_signers):
         ssh-keygen -Y verify -f data/keys/allowed_signers -I SIGNER -n ROLE@assure \\
           -O verify-time=TIME -s seal/NAME.sig < seal/NAME.txt
         sha256sum --check --strict --quiet seal/NAME.txt

    With assure: assure verify .

    """
  }
}
