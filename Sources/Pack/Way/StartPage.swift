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
          ]), .p(.strong("→ "), link("Open the overview 總覽", OverviewPage.path)),
        EngagementTable.facts(engagement), .h2("Workpapers 工作底稿"), papers(view),
        .h2("Check it 核對"),
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
          "Or in this browser, without network 或以本瀏覽器核對，無需網絡: ",
          link("verify.html", VerifyPage.path)),
        .h2("What this pack can’t show 本檔案不能證明的事項"), .list(Limits.sentences(view)),
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
      rows: view.papers.map { paper in
        [
          link(paper.title, WorkpaperPage.path(paper.name)),
          ReconciliationMark.of(paper.paper.reconciliation?.status),
          ConclusionMark.of(paper.paper), .text(paper.digest),
        ]
      }
    ).html
  }

  private static func link(_ words: String, _ target: String) -> HTML {
    .element(.a, [.link(target)], [.text(words)])
  }
}
