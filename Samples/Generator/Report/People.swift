extension Workforce {
  /// Everybody of the roster, employees at the year's end and those who left in the year, in an
  /// order that chance decides within each region.
  static func people(_ chance: inout Chance) -> [Person] {
    var people = regular(&chance) + others(&chance) + leavers(&chance)
    people = Split.shuffled(people.map { ($0, 1) }, &chance)
    people =
      people.filter { $0.region == .mainland } + people.filter { $0.region == .hongKong }
      + people.filter { $0.region == .other }
    for index in people.indices {
      people[index].number = 100_001 + index
      dates(&people[index], &chance)
    }
    edges(&people)
    return people
  }

  private static func regular(_ chance: inout Chance) -> [Person] {
    let regions = Split.shuffled(regularByRegion, &chance)
    let managers = Split.shuffled(managersByAge, &chance)
    let rest = zip(regularByAge, managersByAge).map { ($0.0.0, $0.0.1 - $0.1.1) }
    let ages = managers + Split.shuffled(rest, &chance)
    let men =
      Split.shuffled([(true, managingMen), (false, managingWomen)], &chance)
      + Split.shuffled(
        [(true, regularMen - managingMen), (false, regularWomen - managingWomen)], &chance)
    return regions.indices.map { index in
      Person(
        isMale: men[index], isManager: index < managers.count, age: ages[index],
        region: regions[index], kind: .regular)
    }
  }

  private static func others(_ chance: inout Chance) -> [Person] {
    let regions = Split.shuffled(othersByRegion, &chance)
    let men = Split.shuffled([(true, otherMen), (false, otherWomen)], &chance)
    let ages = Split.shuffled(consultantsByAge, &chance)
    return regions.indices.map { index in
      let isIntern = index < interns
      return Person(
        isMale: men[index], age: isIntern ? .under30 : ages[index - interns],
        region: regions[index], kind: isIntern ? .intern : .consultant)
    }
  }

  private static func leavers(_ chance: inout Chance) -> [Person] {
    let ages = Split.shuffled(leaversByAge, &chance)
    let regions = Split.shuffled(leaversByRegion, &chance)
    let men = Split.shuffled([(true, leavingMen), (false, leavingWomen)], &chance)
    var people = ages.indices.map { index in
      Person(
        isMale: men[index], isManager: index % 21 == 0, age: ages[index], region: regions[index],
        kind: .regular, left: Date.ofYear(chance.number(0...363)),
        reason: ages[index] == .over50 ? "退休" : index % 9 == 0 ? "辞退" : "辞职")
    }
    for index in 0..<(movedAway + leavingInterns + leavingConsultants) {
      let kind: Kind =
        index < movedAway ? .regular : index < movedAway + leavingInterns ? .intern : .consultant
      people.append(
        Person(
          isMale: index % 3 != 0, age: kind == .intern ? .under30 : .from30, region: .mainland,
          kind: kind, left: Date.ofYear(chance.number(0...363)),
          reason: kind == .regular ? "其他" : "辞职"))
    }
    return people
  }

  /// Days that suit the age at the year's end; nobody joins before 21 or after leaving.
  private static func dates(_ person: inout Person, _ chance: inout Chance) {
    let years: ClosedRange<Int> =
      switch (person.age, person.kind) {
      case (.under30, .intern): 1998...2000
      case (.under30, _): 1992...1998
      case (.from30, _): 1971...1991
      case (.over50, _): 1959...1970
      }
    let year = min(chance.number(years), chance.number(years) + 2, years.upperBound)
    person.birth = Date(year: year, month: chance.number(1...12), day: chance.number(1...28))
    let isIntern = person.kind == .intern
    let earliest = isIntern ? 2020 : max(2005, year + 21)
    let latest = person.left == nil ? 2021 : 2020
    person.joined = Date(
      year: chance.number(min(earliest, latest)...latest), month: chance.number(1...12),
      day: chance.number(1...28))
  }

  /// People on the very edges of the age groups, and one whose first day is the last of the year.
  private static func edges(_ people: inout [Person]) {
    let days: [(Age, Date)] = [
      (.under30, Date(year: 1992, month: 1, day: 1)),
      (.from30, Date(year: 1991, month: 12, day: 31)),
      (.from30, Date(year: 1971, month: 1, day: 1)),
      (.over50, Date(year: 1970, month: 12, day: 31)),
    ]
    var used: Set<Int> = []
    for (age, birth) in days {
      let index = people.indices.first {
        !used.contains($0) && people[$0].age == age && people[$0].isAtEnd
          && people[$0].kind == .regular
      }
      guard let index else { preconditionFailure("nobody of that age") }
      used.insert(index)
      people[index].birth = birth
      people[index].joined = Date(year: 2016, month: 7, day: 4)
    }
    if let index = people.indices.first(where: { !used.contains($0) && people[$0].isAtEnd }) {
      people[index].joined = Date(year: 2021, month: 12, day: 31)
    }
  }
}
