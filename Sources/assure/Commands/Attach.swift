import ArgumentParser
import Assurance
import Workbench

struct Attach: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Attach a piece of evidence to a workpaper or to drawn items of it.",
    discussion: """
      The file is kept by its digest as it is, whatever it is, and named in the workpaper: who \
      signed that before has to look again. --date is the evidence's own date. Kinds, the strongest \
      first: external-original, external-copy, internal-with-controls, internal, oral (a note of \
      what was said). engagement.yaml may ask for a minimum under `evidence:`; what is weaker is \
      taken, and `status` says what is still wanted.
      """)

  @Argument(help: "The file.", completion: .file()) var file: String
  @Option(help: "The KPI.") var kpi: String
  @Option(help: "The key of a drawn item; may be given again. Else the whole workpaper.")
  var item: [String] = []
  @Option(help: "Where it comes from; see above.") var kind: EvidenceKind
  @Option(help: "The date that it bears, as 2021-01-31.") var date: Day
  @Option(help: "The period that it covers, as 2021-01-01..2021-12-31.") var period: Period?
  @Option(help: "The page to look at.") var page: String?
  @Option(help: "The place on the page, in words or as x,y,width,height.") var region: String?
  @Option(help: "The number of the request that it answers.") var request: Int?
  @Option(help: "What it shows, in one line.") var note: String?
  @OptionGroup var engagement: EngagementOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let engagement = try engagement.open()
    let one = try engagement.attach(
      path: file,
      EvidenceWish(
        kpi: kpi, items: item, kind: kind, date: date, period: period, page: page,
        region: region, request: request, text: note))
    let isWeak = engagement.isWeak(one)
    switch common.format {
    case .json:
      Terminal.say(
        JSONValue.object([
          ("evidence", .integer(one.number)), ("file", .string(one.file)),
          ("sha256", .string(one.digest)), ("bytes", .integer(one.size)),
          ("kpi", .string(one.kpi)), ("items", .list(one.items.map { .string($0) })),
          ("kind", .string(one.kind.rawValue)), ("weak", .bool(isWeak)),
        ]).text())
    case .text:
      Terminal.say(
        Terminal.printable("evidence \(one.number): \(one.file), SHA-256 \(one.digest.prefix(12))…")
      )
      if isWeak { Terminal.remark("weaker than the engagement asks for \(one.kpi)") }
    }
  }
}
