import Assurance
import Exact
import Testing

@testable import Ingest

/// Numbers and dates in the forms that a dataset or a field declares, and what is refused without.
@Suite struct DeclaredFormTests {
  @Test(arguments: [
    ("1.234,56", "1.234,5", "1234.56"), ("1.234,56", "european", "1234.56"),
    ("1 234,56", "1 234,5", "1234.56"), ("1\u{202F}234,56", "1 234,5", "1234.56"),
    ("1'234.56", "1'234.5", "1234.56"), ("1’234.56", "1'234.5", "1234.56"),
    ("1234,56", "1234,5", "1234.56"), ("1 234.56", "1 234.5", "1234.56"),
    ("-12.345.678", "european", "-12345678"), ("１２３", "1,234.5", "123"),
  ])
  func numbers(text: String, name: String, expected: String) throws {
    let form = try #require(NumberForm.named.first { $0.name == name }).form
    #expect(NumberText.read(text, form: form)?.value.description == expected)
  }

  /// Values by hand.
  @Test(arguments: [
    ("三千二百", "3200"), ("三千零二", "3002"), ("十五", "15"), ("二十", "20"), ("壹佰零伍", "105"),
    ("一百一十", "110"), ("二〇二一", "2021"), ("1.5万", "15000"), ("1,234萬", "12340000"),
    ("1亿2000万", "120000000"), ("三點五", "3.5"), ("負二百", "-200"), ("兩萬三千", "23000"),
    ("１２萬", "120000"), ("三點五萬", "35000"), ("零", "0"), ("一億零三十", "100000030"),
    ("1,234.5", "1234.5"),
  ])
  func chineseNumbers(text: String, expected: String) throws {
    let form = try #require(NumberForm.named.first { $0.name == "chinese" }).form
    #expect(NumberText.read(text, form: form)?.value.description == expected)
  }

  /// What people say in two ways, and what is no number.
  @Test(arguments: [
    "三千二", "1万5", "三萬二", "百", "萬", "一一百", "十百", "3兆", "三千二百萬億", "一點", "五萬萬",
    "1.5万2000", "三百五十六七",
  ])
  func notChineseNumbers(text: String) throws {
    let form = try #require(NumberForm.named.first { $0.name == "chinese" }).form
    #expect(NumberText.read(text, form: form) == nil)
    #expect(NumberText.read("三千", form: .plain) == nil)
  }

  @Test(arguments: [
    ("2021年3月5日", DateForm.ymd, "2021-03-05"), ("二〇二一年三月五日", .chinese, "2021-03-05"),
    ("二零二一年十二月三十一日", .chinese, "2021-12-31"), ("民國110年3月5日", .roc, "2021-03-05"),
    ("民國一百一十年十二月五日", .roc, "2021-12-05"), ("110/03/05", .roc, "2021-03-05"),
    ("99.12.31", .roc, "2010-12-31"), ("1100305", .roc, "2021-03-05"),
    ("2021-03-05", .roc, "2021-03-05"), ("5.3.2021", .dmy, "2021-03-05"),
  ])
  func days(text: String, form: DateForm, expected: String) {
    guard case .day(let day, _)? = DateText.read(text, form: form) else {
      Issue.record("\(text) was not read")
      return
    }
    #expect(day.description == expected)
  }

  @Test func monthsOfTheRepublic() {
    for text in ["民國110年3月", "110/3", "11003", "110年03月"] {
      guard case .month(let month)? = DateText.read(text, form: .roc) else {
        Issue.record("\(text) was not read")
        continue
      }
      #expect(month.description == "2021-03")
    }
    if case .day? = DateText.read("民國110年2月30日", form: .roc) { Issue.record("was read") }
  }

  private func dataset(_ extra: String, field: String = "") throws -> DatasetDefinition {
    let yaml = """
      dataset: bills
      title: Bills
      key: [site]
      \(extra)
      fields:
        - {name: site, type: text, required: yes, aliases: [Site]}
        - {name: from, type: date, aliases: [From]}
        - {name: to, type: date, aliases: [To]}
        - {name: use, type: decimal, aliases: [Use]\(field)}
      """
    return try DatasetDefinition.read(PolicyNode.parse(yaml, file: "bills.yaml"))
  }

  private func rejects(_ text: String, _ extra: String, field: String = "") throws -> [Reject] {
    try read("b.csv", text, [dataset(extra, field: field)]).kept.rejects
  }

  /// `1.234` is a thousand to some: without a declaration it is refused, and the reason names it.
  @Test(arguments: ["1.234", "\"1,234\"", "-12.345", "\"１，２３４\""])
  func ambiguousNumbers(text: String) throws {
    let csv = "Site,Use\nA,\(text)\n"
    let rejects = try rejects(csv, "")
    #expect(rejects.map(\.code) == ["ambiguous-number"])
    #expect(rejects[0].reason.contains("`numbers: \"1.234,5\"`"))
    #expect(rejects[0].locator.suffix == "!B2")
    #expect(try self.rejects(csv, "numbers: \"1,234.5\"").isEmpty)
  }

  @Test func plainNumbersNeedNoDeclaration() throws {
    #expect(try rejects("Site,Use\nA,1234.5\nB,0.123\nC,12\nD,1.23\n", "").isEmpty)
    let xml = "<r><b><Site>A</Site><Use>12.345</Use></b><b><Site>B</Site><Use>1</Use></b></r>"
    #expect(try read("b.xml", xml, [dataset("")]).kept.records.count == 2)
  }

  @Test func declarationsAreNamed() throws {
    let numbers = try rejects("Site;Use\nA;1.234,56\n", "numbers: \"1,234.5\"")
    #expect(numbers.map(\.code) == ["not-a-number"])
    #expect(numbers[0].reason.hasSuffix("`numbers: \"1.234,5\"` in the dataset would read it"))
    let dates = try rejects("Site,From\nA,31/12/2021\nB,110/3/5\n", "")
    #expect(dates.map(\.code) == ["not-a-date", "date-out-of-range"])
    #expect(dates[0].reason.hasSuffix("`dates: dmy` in the dataset would read it"))
    #expect(dates[1].reason.hasSuffix("`dates: roc` in the dataset would read it"))
  }

  /// A field may differ from its dataset.
  @Test func formOfOneField() throws {
    let (_, kept) = try read(
      "b.csv", "Site;From;Use\nA;民國110年3月5日;1.234,5\n",
      [dataset("dates: roc", field: ", numbers: european")])
    #expect(kept.records[0].values.map { $0?.canonical } == ["A", "2021-03-05", nil, "1234.5"])
  }

  /// A bill that ends before it begins.
  @Test func orderOfDays() throws {
    let csv = "Site,From,To\nA,2021-01-01,2021-01-31\nB,2021-02-01,2021-01-31\nC,2021-02-01,\n"
    #expect(try rejects(csv, "").isEmpty)
    for order in ["order: [from, to]", "order: [[from, to]]"] {
      let rejects = try rejects(csv, order)
      #expect(rejects.map(\.code) == ["out-of-order"])
      #expect(rejects[0].reason == "`to` 2021-01-31 lies before `from` 2021-02-01")
      #expect(rejects[0].locator.suffix == "!C3")
    }
  }

  /// All tables that fit are named, not the first two.
  @Test func everyFittingTableIsNamed() throws {
    let sheet = [["Site", "From"], ["A", "2021-01-01"]]
    let text = spreadsheet([("a", sheet), ("b", sheet), ("c", sheet)])
    do {
      _ = try read("b.xml", text, [dataset("")])
      Issue.record("was read")
    } catch let error as AssureError {
      #expect(error.code == "ambiguous-table")
      #expect(error.reason == "the dataset `bills` fits three tables: `a`, `b` and `c`")
    }
  }
}
