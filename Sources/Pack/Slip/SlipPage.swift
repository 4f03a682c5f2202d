import Trail

/// A slip as something to print: its lines, and the same as a QR code.
package enum SlipPage {
  /// One sheet of A4, English and traditional Chinese.
  package static func html(_ slip: PackSlip) -> String {
    HTMLDocument(
      path: "slip.html", title: "Slip of the evidence pack · \(slip.engagement)",
      footer: "\(slip.engagement) · pack SHA-256 \(slip.digest.hex)", navigation: [],
      main: [
        .h1(.text("Slip of the evidence pack \(slip.engagement)"), .chinese("證據檔案憑據")),
        .p(
          .text(
            "Print this with the report, and send it to whoever should be able to tell later that "
              + "the evidence is what it was: the entity, the quality reviewer, a file of your own. "
              + "It holds nothing confidential.")),
        .element(
          .p, [.language("zh-Hant")],
          [.text("請隨報告列印本頁，並送交日後需要核對的人士：受鑑證單位、質素覆核人及自行存檔。本頁不載機密資料。")]),
        block(slip), .h2("To hold the pack against it", chinese: "核對方法"),
        .p(
          .text(
            "The second line is the SHA-256 of tagmanifest-sha256.txt in the pack’s folder; the "
              + "manifests there list every file. The third is the log’s name, its number of events "
              + "and the root over them. The code says the three lines again.")),
        .element(
          .p, [.language("zh-Hant")],
          [
            .text(
              "第二行為檔案資料夾內 tagmanifest-sha256.txt 的 SHA-256，各清單列出所有檔案；第三行為軌跡名稱、事件數目"
                + "及其根值。二維碼載有相同三行文字。")
          ]),
        .element(
          .pre, [],
          [
            "sha256sum tagmanifest-sha256.txt", .lineEnd,
            "sha256sum --check --strict --quiet tagmanifest-sha256.txt manifest-sha256.txt",
            .lineEnd, "assure verify . --head SLIP.txt", .lineEnd,
          ]),
        .note(
          "Whoever made the pack could make another one before anybody held this slip. From then on "
            + "the pack and every event up to this head can’t be changed unseen."),
      ]
    ).html
  }

  /// The lines with the code under them.
  static func block(_ slip: PackSlip) -> HTML {
    .element(
      .div, [.style(.slip)],
      [.element(.pre, [], slip.lines.map { .group([.text($0), .lineEnd]) }), code(slip)])
  }

  /// The code with the four light modules that a reader wants around it.
  private static func code(_ slip: PackSlip) -> HTML {
    guard let code = QRCode(Array(slip.text.utf8)) else { return .group([]) }
    let side = code.side + 8
    return .element(
      .svg,
      [
        .viewBox(side, side), .image, .label("QR code of the three lines"),
        .paint(.edges, "crispEdges"),
      ],
      [
        .element(
          .rect,
          [
            .place(.width, Coordinate(side)), .place(.height, Coordinate(side)),
            .paint(.fill, "#fff"),
          ], []),
        .element(.path, [.outline(outline(code)), .paint(.fill, "#000")], []),
      ])
  }

  /// A box for every run of dark modules of a row.
  private static func outline(_ code: QRCode) -> String {
    var steps = ""
    for (y, row) in code.modules.enumerated() {
      var x = 0
      while x < row.count {
        let end = row[x...].firstIndex { !$0 } ?? row.count
        if end > x { steps += "M\(x + 4) \(y + 4)h\(end - x)v1h\(x - end)z" }
        x = max(end, x) + (end > x ? 0 : 1)
      }
    }
    return steps
  }
}
