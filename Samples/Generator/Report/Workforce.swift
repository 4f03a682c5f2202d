/// Whole numbers of people that satisfy every printed headcount, turnover rate and training figure
/// at once. The report prints the sums; what stands here beside them was solved for.
///
/// Turnover divides by regular employees, whose splits are not printed. Leavers ℓ and regular
/// employees r must make ℓ/r print as each rate while both add up across gender, age and region:
/// - 15.00 % of other countries leaves 161/1,073 as the largest workable pair, 15.61 % of Hong
///   Kong, Macau and Taiwan 37/237; the mainland's 12.32 % then needs 7,858/63,799;
/// - so 8,056 people left (12.37 % of 65,109), 38 of 196 over 50 (19.39 %), 3,735 of 25,593 under
///   30 (14.59 %) and 4,283 of 39,320 between (10.89 %);
/// - 5,497 of 46,200 men (11.90 %) and 2,559 of 18,909 women (13.53 %).
///
/// Training prints two splits of the same people and hours: 67,963 trained and 2,795,000 hours fit
/// both, for each half hour and person counted once.
enum Workforce {
  enum Age: CaseIterable { case under30, from30, over50 }
  enum Region: CaseIterable { case mainland, hongKong, other }
  enum Kind { case regular, consultant, intern }

  /// Regular employees at the year's end.
  static let regularByAge: [(Age, Int)] = [(.under30, 25_593), (.from30, 39_320), (.over50, 196)]
  static let regularByRegion: [(Region, Int)] = [
    (.mainland, 63_799), (.hongKong, 237), (.other, 1_073),
  ]
  static let regularMen = 46_200
  static let regularWomen = 18_909
  /// All of the management is regular.
  static let managingMen = 4_589
  static let managingWomen = 1_530
  static let managersByAge: [(Age, Int)] = [(.under30, 120), (.from30, 5_950), (.over50, 49)]

  /// Consultants and interns at the year's end; interns are under 30.
  static let interns = 2_890
  static let consultantsByAge: [(Age, Int)] = [(.under30, 125), (.from30, 100), (.over50, 2)]
  static let othersByRegion: [(Region, Int)] = [(.mainland, 3_107), (.hongKong, 6), (.other, 4)]
  static let otherMen = 2_206
  static let otherWomen = 911

  /// Regular employees who resigned, were dismissed or retired in the year.
  static let leaversByAge: [(Age, Int)] = [(.under30, 3_735), (.from30, 4_283), (.over50, 38)]
  static let leaversByRegion: [(Region, Int)] = [
    (.mainland, 7_858), (.hongKong, 37), (.other, 161),
  ]
  static let leavingMen = 5_497
  static let leavingWomen = 2_559
  /// In the list of leavers and not counted: moved to an associate, or not regular.
  static let movedAway = 60
  static let leavingInterns = 420
  static let leavingConsultants = 40

  /// A group by gender and level: how many had no training, and the half hours of the others.
  struct TrainingGroup {
    var isMale: Bool
    var isManager: Bool
    var untrained: Int
    var halfHours: Int
  }
  static let training = [
    TrainingGroup(isMale: true, isManager: true, untrained: 10, halfHours: 501_960),
    TrainingGroup(isMale: true, isManager: false, untrained: 171, halfHours: 3_339_240),
    TrainingGroup(isMale: false, isManager: true, untrained: 3, halfHours: 177_480),
    TrainingGroup(isMale: false, isManager: false, untrained: 79, halfHours: 1_571_320),
  ]

  static func total<Label>(_ counts: [(Label, Int)]) -> Int { counts.reduce(0) { $0 + $1.1 } }
}

/// Somebody of the roster.
struct Person {
  /// Given in the order of the roster.
  var number = 0
  var isMale: Bool
  var isManager = false
  var age: Workforce.Age
  var region: Workforce.Region
  var kind: Workforce.Kind
  var birth = Date.first(2000, 1)
  var joined = Date.first(2021, 1)
  var left: Date?
  var reason = ""

  var isAtEnd: Bool { left == nil }
}
