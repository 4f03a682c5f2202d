import Assurance

/// `START-HERE.html`: what this folder is, and how to check it in five minutes.
enum StartPage {
  static func html(_ view: PackView) -> String {
    let engagement = view.engagement
    let path = PackPaths.start
    return HTMLDocument(
      path: path, title: "Start here · \(engagement.id)",
      footer: "\(engagement.id) · as of \(view.content.asOf)",
      navigation: [
        .element(.span, [.style(.brand)], [.text(Navigation.brand(view))])
      ],
      main: [
        .h1(.text(engagement.entity), .chinese("鑑證證據檔案"))
      ] + redaction(view) + [
        .p(
          .text(
            "This folder holds the evidence behind the figures below: the records they come from, "
              + "the samples drawn, what was found, and the log of the work. It opens in any "
              + "browser, without network.")),
        .element(
          .p, [.language("zh-Hant")],
          [
            .text(
              "本資料夾載有下列數字背後的證據：來源紀錄、抽樣、測試結果及工作軌跡。"
                + "以任何瀏覽器開啟即可閱讀，無需網絡；核對方法見 VERIFY.txt。")
          ]),
        .element(
          .p, [.style(.way)],
          [
            .element(.a, [.link(OverviewPage.path)], [.text("Open the overview "), .chinese("總覽")])
          ]),
        EngagementTable.facts(engagement), .h2("At a glance", chinese: "概要"),
        .points(AtAGlance.sentences(view)),
        .element(.p, [.language("zh-Hant")], [.text(AtAGlance.chinese(view))]),
        .h2("Workpapers", chinese: "工作底稿"), papers(view),
        .h2("What lies where", chinese: "內容"), places(view), .h2("Check it", chinese: "核對"),
        .p(
          .text(
            "One number stands for the whole pack: the SHA-256 of tagmanifest-sha256.txt. It can’t "
              + "be printed inside; compare it with the one you were given.")),
        .element(.pre, [], commands.map { .group([.text($0), .lineEnd]) }),
        .element(
          .p, [.language("zh-Hant")],
          [
            .text(
              "整份檔案以一個號碼代表：tagmanifest-sha256.txt 的 SHA-256。此號碼不能印在檔案之內，"
                + "請與另行收到者比對。核對只能證明檔案完整、數字與紀錄相符及由何人簽署；"
                + "不能證明證據是否真實、充分或完整。")
          ]),
        .p(
          "The rest, in words and commands, in English and Chinese: ",
          link("VERIFY.txt", PackPaths.howTo)),
        .p(
          "Or in this browser, without network ", .chinese("或以本瀏覽器核對，無需網絡"), ": ",
          link("verify.html", VerifyPage.path)),
        .h2("What this pack can’t show", chinese: "本檔案不能證明的事項"),
        .list(Limits.sentences(view)),
      ]
    ).html
  }

  /// What is not here, before anything else.
  private static func redaction(_ view: PackView) -> [HTML] {
    guard let redaction = view.content.redaction else { return [] }
    return [
      .p(.strong(redaction.sentences[0])), .p(.text(redaction.sentences[1])),
      .element(
        .p, [.language("zh-Hant")],
        [
          .text(
            "本檔案為隱去個人資料的版本，並非完整檔案：個人資料以加鹽摘要（withheld:…）取代或從略，"
              + "詳見 \(PackPaths.redaction)；有關部分在此無法核對。")
        ]),
    ]
  }

  private static let commands = [
    "sha256sum tagmanifest-sha256.txt",
    "sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt",
  ]

  private static func papers(_ view: PackView) -> HTML {
    HTMLTable(
      caption: "What a signature on a workpaper covers is its text, by digest.",
      columns: [.text("Workpaper"), .text("Reconciles"), .text("Conclusion"), .path("SHA-256")],
      rows: view.reported.map { paper in
        [
          link(paper.title, WorkpaperPage.path(paper.name)),
          ReconciliationMark.of(paper.paper.reconciliation?.status),
          ConclusionMark.of(paper.paper), .text(paper.digest),
        ]
      }
    ).html
  }

  /// The folders of the pack that a reader may open herself.
  private static func places(_ view: PackView) -> HTML {
    let signoffs = view.board == nil ? "" : SignoffPage.path
    let all: [(path: String, page: String, what: String, chinese: String)] = [
      (
        "data/workpapers/", "", "each figure’s work as text: this is what is signed",
        "工作底稿正文，即簽署的內容"
      ),
      (
        "data/ledger/", SourcesPage.path, "records, totals and exceptions as tables",
        "紀錄、合計及異常事項的表格"
      ),
      ("data/samples/", "", "what was drawn, how to draw it again, what was found", "抽樣、重抽方法及測試結果"),
      ("data/charts/", "", "drawings, each with its numbers", "圖表及其數據"),
      (
        "data/evidence/", view.workflow.evidence.isEmpty ? "" : EvidencePage.path,
        "files as received: sources and what was attached", "收到的原始檔案及附件"
      ), ("data/worksheets/", "", "testers’ worksheets, as given and as returned", "測試人員的工作表"),
      ("data/policy/", "", "the rules that the work followed", "所依據的政策檔案"),
      ("data/signoffs/", signoffs, "who signed what, with the signatures", "簽署聲明及簽署"),
      (
        "data/trail/", TrailPage.path, "every step of the work, in a log that shows changes", "工作軌跡"
      ),
      ("seal/", "", "signatures over the whole pack; grows after it", "對整份檔案的簽署，於封存後加入"),
    ]
    return HTMLTable(
      caption: "Folders here; seal/ is there once somebody has signed the pack.",
      columns: [.word("Folder"), .broad("What is in it"), .text("Page")],
      rows: all.map { item in
        [
          .code(item.path), .group([.text(item.what + " "), .chinese(item.chinese)]),
          item.page.isEmpty ? .text("–") : link("open", item.page),
        ]
      }
    ).html
  }

  private static func link(_ words: String, _ target: String) -> HTML {
    .element(.a, [.link(target)], [.text(words)])
  }
}
