import Exact
import Testing

@testable import Assurance

@Suite("alike")
struct AlikeTests {
  static let test =
    "test: alike, dataset: supplier, by: [[number], [name]], ignore: [co, ltd, limited, 有限公司]"

  func shelf(_ rows: [String]) -> Shelf {
    Shelf(
      datasets: [
        (
          "supplier", "id",
          [
            "name: id, type: text, required: yes, aliases: [i]",
            "name: name, type: text, aliases: [n]",
            "name: number, type: text, aliases: [r]", "name: day, type: date, aliases: [d]",
          ], rows
        )
      ], measure: "{distinct: [{dataset: supplier, field: id, date: day}]}", unit: "\"{supplier}\"")
  }

  @Test("by number or by name, whatever case, width, dots and company form")
  func folds() throws {
    let found = try shelf([
      "1|Brightwater Co., Ltd.|91-440|-", "2|BRIGHTWATER LIMITED|-|-", "3|Ｂrightwater|-|-",
      "4|Other|91440|-", "5|明亮水務有限公司|-|-", "6|明亮水務|-|-",
    ]).find(Self.test)
    #expect(
      found.summary == [
        "alike-records | supplier 1, 2, 3 | -2", "alike-records | supplier 1, 4 | -1",
        "alike-records | supplier 5, 6 | -1",
      ])
    #expect(found.places == [["B2", "B3", "B4"], ["C2", "C5"], ["B6", "B7"]])
  }

  @Test("near-miss: other names, empty numbers, a name that is all company form, one record")
  func nearMisses() throws {
    let found = try shelf([
      "1|Brightwater North|-|-", "2|Brightwater South|-|-", "3|Limited|-|-", "4|Co|-|-", "5|-|-|-",
      "6|-|-|-",
    ]).find(Self.test)
    #expect(found.isEmpty)
  }

  @Test("a repeated key is not told again here")
  func sameKey() throws {
    #expect(try shelf(["1|Bright|7|-", "1|Bright|7|-"]).find(Self.test).isEmpty)
  }

  @Test("with one list it finds what comparing all pairs finds")
  func slowReference() throws {
    let names = ["A b", "ab", "A-B", "c", "C.", "d"]
    let found = try shelf(names.enumerated().map { "\($0)|\($1)|-|-" })
      .find("test: alike, dataset: supplier, by: [[name]]")
    var pairs: Set<String> = []
    for i in names.indices {
      for j in names.indices where i < j {
        let (a, b) = (names[i], names[j])
        let plain = [a, b].map { $0.lowercased().filter { $0.isLetter } }
        if plain[0] == plain[1] { pairs.insert("\(i) \(j)") }
      }
    }
    var told: Set<String> = []
    for exception in found {
      let keys = exception.subject.dropFirst("supplier ".count).split(separator: ", ")
      for i in keys.indices {
        for j in keys.indices where i < j { told.insert("\(keys[i]) \(keys[j])") }
      }
    }
    #expect(told == pairs)
  }
}
