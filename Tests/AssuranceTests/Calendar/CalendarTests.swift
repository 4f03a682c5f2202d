import Testing

@testable import Assurance

@Suite("days, months, periods")
struct CalendarTests {
  func day(_ text: String) throws -> Day { try #require(Day(text)) }

  /// Counts day by day from a known one, with the rule of leap years as the calendar states it.
  @Test("every day from 1899 to 2101 has its number, and the number its day")
  func slowReference() throws {
    var number = try day("1899-01-01").number
    for year in 1899...2101 {
      let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (index, length) in lengths.enumerated() {
        #expect(Month(year: year, month: index + 1).days == length)
        for number2 in 1...length {
          let day = try #require(Day(year: year, month: index + 1, day: number2))
          #expect(day.number == number)
          #expect(day.civil == (year, index + 1, number2))
          number += 1
        }
        #expect(Day(year: year, month: index + 1, day: length + 1) == nil)
      }
    }
  }

  /// Unix time 0, and the table of Meeus, Astronomical Algorithms (2nd ed.), chapter 7: 2000-01-01
  /// has the Julian day 2,451,544.5, 1970-01-01 has 2,440,587.5.
  @Test("known days")
  func known() throws {
    #expect(try day("1970-01-01").number == 0)
    #expect(try day("2000-01-01").number == 2_451_544 - 2_440_587)
    #expect(try day("0001-01-01").number == 1_721_425 - 2_440_587)
    #expect(Day(number: -1).description == "1969-12-31")
    #expect(try day("2020-02-29").adding(days: 1).description == "2020-03-01")
    #expect(try day("9999-12-31").description == "9999-12-31")
  }

  @Test(
    "what is no day is refused",
    arguments: [
      "2021-02-29", "2021-04-31", "2021-13-01", "2021-00-10", "2021-01-00", "0000-01-01",
      "2021-1-01", "21-01-01", "2021/01/01", "2021-01-01 ", "2021-01-0x", "", "２０２１-01-01",
      "+021-01-01",
    ])
  func refused(_ text: String) { #expect(Day(text) == nil) }

  @Test("months: text, order, ends")
  func months() throws {
    let february = try #require(Month("2024-02"))
    #expect(february.first.description == "2024-02-01")
    #expect(february.last.description == "2024-02-29")
    #expect(Month(year: 2021, month: 12).next == Month(year: 2022, month: 1))
    #expect(Month(year: 2020, month: 12) < Month(year: 2021, month: 1))
    #expect(february.description == "2024-02")
    for text in ["2024-13", "2024-00", "2024-2", "0000-01", "2024", "2024-02-01", "2024/02"] {
      #expect(Month(text) == nil, "\(text)")
    }
  }

  @Test("a period holds both of its ends")
  func period() throws {
    let year = try #require(Period(day("2021-01-01"), day("2021-12-31")))
    #expect(year.days == 365)
    #expect(year.months.count == 12)
    for (text, isInside) in [
      ("2020-12-31", false), ("2021-01-01", true), ("2021-12-31", true), ("2022-01-01", false),
    ] {
      #expect(try year.contains(day(text)) == isInside)
    }
    #expect(Period(try day("2021-01-02"), try day("2021-01-01")) == nil)
    #expect(year.description == "2021-01-01..2021-12-31")
    let across = try #require(Period(day("2020-12-18"), day("2021-02-01")))
    #expect(across.months.map(\.description) == ["2020-12", "2021-01", "2021-02"])
  }

  @Test("shared days agree with counting them, for all small periods")
  func shared() {
    for a in 0..<8 {
      for b in a..<8 {
        for c in 0..<8 {
          for d in c..<8 {
            guard let x = Period(Day(number: a), Day(number: b)),
              let y = Period(Day(number: c), Day(number: d))
            else { continue }
            let both = Set(a...b).intersection(c...d).count
            #expect(x.daysShared(with: y) == both)
            #expect(x.overlaps(y) == (both > 0))
            #expect(x.contains(y) == (both == y.days))
          }
        }
      }
    }
  }
}
