import Assurance

/// L6: receipts add up, and originals in the pack are those received.
enum SourceCheck: PackCheck {
  static let codes = ["receipt-sum", "source-unknown", "taken-differs"]

  static func run(_ pack: PackUnderCheck, _ verdict: inout Verdict) {
    guard let content = verdict.content(of: pack, for: "receipts and originals") else { return }
    let before = verdict.findings.count
    for source in content.sources {
      for table in source.tables where table.rowsRead != table.accepted + table.rejected {
        verdict.add(
          "receipt-sum", .content, PackPaths.sources,
          "\(source.file) \(table.name): \(table.rowsRead) rows read, \(table.accepted) accepted, "
            + "\(table.rejected) rejected")
      }
    }
    checkTaken(content, &verdict)
    if verdict.findings.count == before {
      verdict.hold(
        .content, "rows read = accepted + rejected in every table of every source")
    }
    let known = Set(content.originals.compactMap(\.digest))
    let absent = content.sources.filter { !known.contains($0.digest) }
    if !absent.isEmpty {
      verdict.leave(
        .content,
        "\(absent.count) source files are not in the pack; their digests are")
    }
    if !content.sources.isEmpty {
      verdict.leave(
        .content, "records: not read again from the source files")
    }
  }

  /// Files taken over have the digest that the index gives; originals are among the sources.
  private static func checkTaken(_ content: PackContent, _ verdict: inout Verdict) {
    let sources = Set(content.sources.map(\.digest))
    for file in content.originals where !sources.contains(file.digest ?? "") {
      verdict.add("source-unknown", .content, PackPaths.index, "\(file.name) has no receipt")
    }
    do {
      _ = try TakenFiles(content)
    } catch let error as AssureError {
      verdict.add("taken-differs", .content, PackPaths.index, "\(error.place): \(error.reason)")
    } catch {
      verdict.add("taken-differs", .content, PackPaths.index, "a file can't be read")
    }
  }
}
