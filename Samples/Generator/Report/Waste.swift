extension Report {
  /// Printed: 324 t and 29,850 t; here in kilograms.
  static let hazardous = 324_000
  static let harmless = 29_850_000

  /// A hand-over note, before it is laid out.
  private struct Note {
    var site: Site
    var month: Int
    var kind: String
    var isHazardous: Bool
    /// Kilograms.
    var mass: Int
    var handle: String { "waste:\(site.code)/\(kind)/\(month)" }
  }

  mutating func addWaste() {
    var chance = Self.chance(6)
    let offices = sites.filter { !$0.isCentre && $0.isControlled && $0.isOpen(1) && $0.isOpen(12) }
    let own = offices.filter(\.hasOwnMeter)
    let centres = sites.filter(\.isCentre)
    let all = Array(1...12)
    var notes = Self.notes("废硒鼓墨盒", true, 6_000, own, [3, 6, 9, 12], &chance)
    notes += Self.notes("铅酸蓄电池", true, 250_000, centres, [2, 4, 6, 8, 10, 12], &chance)
    notes += Self.notes("硬盘组件", true, 68_000, centres, all, &chance)
    notes += Self.notes("厨余垃圾", false, 9_800_000, own, all, &chance)
    notes += Self.notes("办公生活垃圾", false, 8_300_000, offices, all, &chance)
    notes += Self.notes("废纸", false, 1_150_000, own, all, &chance)
    notes += Self.notes("退役服务器", false, 7_900_000, centres, all, &chance)
    notes += Self.notes("包装与其他", false, 2_700_000, centres, all, &chance)
    precondition(notes.filter(\.isHazardous).reduce(0) { $0 + $1.mass } == Self.hazardous)
    precondition(notes.filter { !$0.isHazardous }.reduce(0) { $0 + $1.mass } == Self.harmless)
    layOut(notes, &chance)
  }

  private static func notes(
    _ kind: String, _ isHazardous: Bool, _ total: Int, _ sites: [Site], _ months: [Int],
    _ chance: inout Chance
  ) -> [Note] {
    let keys = sites.flatMap { site in months.filter { site.isOpen($0) }.map { (site, $0) } }
    let weights = keys.map { ($0.0.usual + 4000) * chance.number(880...1120) }
    return zip(keys, Split.shares(of: total, by: weights)).map { key, mass in
      Note(site: key.0, month: key.1, kind: kind, isHazardous: isHazardous, mass: mass)
    }
  }

  private mutating func layOut(_ notes: [Note], _ chance: inout Chance) {
    let columns = [
      Column("联单编号", "manifest"), Column("项目", "item"), Column("地点编号", "site"),
      Column("转移日期", "date"), Column("废物类别", "class"), Column("废物名称", "kind"),
      Column("重量", "mass"), Column("单位", "unit"), Column("计量方式", "basis"),
      Column("接收单位", "receiver"), Column("许可证号", "licence"),
    ]
    let offices = notes.filter { !$0.site.isCentre }.enumerated().map { index, note in
      Self.row(note, "WO" + tag("", index + 1, 5), isTonnes: false, chance.number(1...28))
    }
    let centres = notes.filter { $0.site.isCentre }.enumerated().map { index, note in
      Self.row(note, "WC" + tag("", index + 1, 5), isTonnes: true, chance.number(1...28))
    }
    add("waste-offices-2021.csv", .delimited(.gb18030), [Sheet("", [], columns, offices)])
    // A maker whose elements have Chinese names.
    add(
      "waste-centres-2021.xml",
      .records(ElementShape(path: ["转移联单数据", "联单"], attributes: ["manifest", "item"])),
      [Sheet("联单", [], columns, centres)])
  }

  private static func row(_ note: Note, _ manifest: String, isTonnes: Bool, _ day: Int) -> SheetRow
  {
    SheetRow(
      handle: note.handle,
      cells: [
        .text(manifest), .text("1"), .text(note.site.code),
        .date(Date(year: 2021, month: note.month, day: day)),
        .text(note.isHazardous ? "有害" : "无害废弃物"), .text(note.kind),
        .number(note.mass, scale: isTonnes ? 3 : 0), .text(isTonnes ? "吨" : "千克"), .text("过磅"),
        .text(note.isHazardous ? "虚构环保处置公司" : "虚构再生资源公司"),
        note.isHazardous ? .text("FX-2019-014") : .empty,
      ])
  }
}
