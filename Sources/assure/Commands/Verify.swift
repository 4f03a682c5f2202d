import ArgumentParser
import Assurance
import Pack
import Trail
import Workbench

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check an evidence pack from its files alone, or the store against its trail.",
    discussion: """
      Takes a folder, or a zip that is not unpacked. Says what was found, and of everything that was \
      not checked that it was not. Status 0 if nothing is broken, 1 if something is, 2 if it cannot \
      be read. With --store, the engagement's own database: every table is set against the events \
      of the trail, and those against heads that you kept elsewhere.
      """)

  @Argument(help: "The pack: a folder or a zip.", completion: .directory) var folder: String?
  @Flag(help: "Check the engagement's database instead of a pack.") var store = false
  @Option(
    help: "The whole pack, to prove that the one named is the redaction of it.",
    completion: .directory) var full: String?
  @OptionGroup var reader: ReaderOptions
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard folder != nil || store else {
      throw ValidationError("Name a pack, or check the engagement's database with --store.")
    }
    guard folder == nil || !store else {
      throw ValidationError(
        "--store takes no pack: it checks the database of the engagement that --engagement names.")
    }
    guard full == nil || folder != nil else {
      throw ValidationError("--full goes with a redacted pack.")
    }
  }

  func run() throws {
    var verdict =
      if let folder {
        try PackVerifier.verify(folder, trust: reader.trust())
      } else {
        try engagement.open().verifyStore(trust: reader.trust())
      }
    if let folder, let full {
      try RedactionProof.check(full: full, PackOpening.tree(at: folder), &verdict)
    }
    switch common.format {
    case .json: Terminal.say(VerdictText.json(verdict).text())
    case .text: VerdictText.show(verdict, quiet: common.quiet)
    }
    if verdict.word == .broken { throw ExitCode(1) }
  }
}

/// What a reader brings to a check.
struct ReaderOptions: ParsableArguments {
  @Option(
    help: "Your own list of who may sign, as for ssh-keygen; else the pack's copy is used.",
    completion: .file()) var signers: String?
  @Option(help: "Public keys that are revoked, one a line.", completion: .file())
  var revoked: String?
  @Option(
    help: "The log's key and the witnesses that you rely on (c2sp.org/tlog-policy).",
    completion: .file()) var policy: String?
  @Option(
    help: "A head of the log that you kept: a file, or `[origin] size root`. May be repeated.")
  var head: [String] = []
  @Option(
    name: .customLong("tsa-ca"), help: "Certificates of a time-stamp authority, for openssl.",
    completion: .file()) var tsaCA: String?

  func trust() throws -> ReaderTrust {
    var trust = ReaderTrust(
      signers: try signers.map { try SignoffBasis.signers(Array(Folder.text($0).utf8), $0) })
    if let revoked {
      trust.revoked = try Self.told("--revoked \(revoked)") {
        try RevokedKeys(parsing: Array(Folder.text(revoked).utf8))
      }
    }
    if let policy {
      trust.policy = try Self.told("--policy \(policy)") {
        try LogPolicy(parsing: Array(Folder.text(policy).utf8))
      }
    }
    trust.heads = try head.map { text in
      let bytes = Array(((try? Folder.text(text)) ?? text).utf8)
      return try Self.told("--head \(text)") { try ToldHead(parsing: bytes) }
    }
    trust.token = try tsaCA.map { try TimestampTool.check(by: $0) }
    return trust
  }

  private static func told<Value>(_ place: String, _ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as TrailError {
      throw AssureError(
        "not-understood", place: place, "\(error)", remedy: "see `assure verify --help`")
    }
  }
}
