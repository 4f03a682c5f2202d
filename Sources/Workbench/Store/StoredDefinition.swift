import Assurance

/// How a dataset was declared when a table was read into it, as far as stored values rest on it.
///
/// Stored values are bare numbers and words: a field whose unit, type or choices change in the
/// policy afterwards would give them another meaning without a word.
enum StoredDefinition {
  /// A line a fact: the key, each field with type and unit, each choice, each conversion.
  static func encode(_ dataset: DatasetDefinition) -> String {
    lines(dataset).joined(separator: "\n")
  }

  private static func lines(_ dataset: DatasetDefinition) -> [String] {
    var lines = ["key \(dataset.key.joined(separator: " "))"]
    for field in dataset.fields {
      lines.append("field \(field.name) \(field.type.rawValue) \(field.unit?.code ?? "")")
      lines += field.choices.map { "choice \(field.name) \($0.id)" }
    }
    return lines
      + dataset.conversions.map { "convert \($0.from.code) to \($0.to.code) by \($0.factor)" }
  }

  /// Refuses a dataset that is declared otherwise than when `file` was taken in; choices and
  /// conversions may have been added.
  ///
  /// - Parameter stored: what ``encode(_:)`` gave then; empty if an earlier version stored nothing.
  static func requireSame(
    _ stored: String, _ dataset: DatasetDefinition, file: String
  ) throws(AssureError) {
    guard !stored.isEmpty else { return }
    let then = stored.split(separator: "\n").map(String.init)
    let now = lines(dataset)
    let gone = then.first { !now.contains($0) }
    let added = now.first {
      !then.contains($0) && !$0.hasPrefix("choice ") && !$0.hasPrefix("convert ")
    }
    guard gone != nil || added != nil else { return }
    throw AssureError(
      "policy-changed", place: "datasets/\(dataset.name).yaml",
      """
      the dataset was declared otherwise when \(file) was taken in: `\(gone ?? "nothing")` then, \
      `\(added ?? "nothing")` now; what is stored cannot be read by the new rule
      """,
      remedy: "take the change back, or make a new engagement with the new policy and ingest again")
  }
}
