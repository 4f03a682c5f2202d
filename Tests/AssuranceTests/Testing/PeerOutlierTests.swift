import Exact
import Testing

@testable import Assurance

@Suite("peer-outlier")
struct PeerOutlierTests {
  static let test = "test: peer-outlier, register: site, ratio: 4, count_min: 3"

  /// Sites with one month each.
  func world(_ values: [String]) -> World {
    var world = World(sites: values.indices.map { "S\($0) 2015-01-01 -" })
    world.readings = values.enumerated().map { "S\($0) M1 2021-03 \($1)" }
    return world
  }

  @Test("above and below the median of the others")
  func finds() throws {
    let found = try world(["100", "110", "90", "400"]).find(Self.test)
    #expect(found.summary == ["peer-outlier | S3 | unquantified"])
    #expect(found.first?.message.contains("4 times what its 3 peers let expect, 100 t") == true)
    #expect(try world(["100", "110", "90", "25"]).find(Self.test).map(\.subject) == ["S3"])
  }

  @Test("near-miss: nearly as far, too few peers, months that are missing")
  func nearMisses() throws {
    #expect(try world(["100", "110", "90", "399"]).find(Self.test).isEmpty)
    #expect(try world(["100", "110", "400"]).find(Self.test).isEmpty)
    var few = world(["100", "110", "90", "100"])
    few.readings.append("S0 M1 2021-04 100")
    #expect(try few.find(Self.test).isEmpty)
  }

  @Test("agrees with sorting the others of each site, over all fives of four amounts")
  func slowReference() throws {
    let amounts = [10, 20, 40, 170]
    for code in 0..<1024 {
      var rest = code
      let values = (0..<5).map { _ in
        defer { rest /= 4 }
        return amounts[rest % 4]
      }
      // Every hundredth is enough: a world is slow to make.
      guard code % 7 == 0 else { continue }
      let expected = values.indices.filter { index in
        let others = values.enumerated().filter { $0.offset != index }.map(\.element).sorted()
        // Four others: twice the median is the sum of the middle two.
        let twice = others[1] + others[2]
        return 2 * values[index] >= 4 * twice || 2 * 4 * values[index] <= twice
      }
      let found = try world(values.map(String.init)).find(Self.test)
      #expect(found.map(\.subject) == expected.map { "S\($0)" }, "\(values)")
    }
  }

  @Test("a register's field must be a number to divide by")
  func problems() throws {
    let context = try world([]).context(Self.test + ", per: opened")
    let view = PolicyView(
      datasets: context.datasets.values.map(\.definition), measure: context.kpi.measure)
    #expect(context.kpi.tests.first?.problem(in: view) == "`opened` is no decimal field of `site`")
  }
}
