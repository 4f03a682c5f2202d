/// How long the file may still be put together: from the report's date to its lock.
///
/// ISA 230.A21: ordinarily not more than 60 days; PCAOB AS 1215.15: 14 days, 45 before 2025.
package struct AssemblyClock: Sendable {
  package let reported: Day
  /// 14, 45 or 60.
  package let days: Int
  /// Nil while it is not locked.
  package let locked: Day?

  package init(reported: Day, days: Int, locked: Day?) {
    (self.reported, self.days, self.locked) = (reported, days, locked)
  }

  /// From the log and the terms; nil before the report has a date.
  package init?(_ workflow: Workflow, days: Int) {
    guard let reported = workflow.reported.flatMap({ Day(String($0.prefix(10))) }) else {
      return nil
    }
    self.init(
      reported: reported, days: days,
      locked: workflow.locked.flatMap { Day(String($0.at.prefix(10))) })
  }

  /// The last day for the lock.
  package var deadline: Day { reported.adding(days: days) }

  /// Days left on a day; negative after the deadline.
  package func left(on today: Day) -> Int { deadline.number - today.number }

  /// Whether it was locked after the deadline, or is not by a day after it.
  package func isLate(on today: Day) -> Bool { (locked ?? today) > deadline }

  /// What to say on a day.
  package func words(on today: Day) -> String {
    if let locked {
      return "report of \(reported), locked on \(locked), "
        + (locked > deadline ? "\(locked.number - deadline.number) days late" : "in time")
        + " (\(days) days)"
    }
    let left = left(on: today)
    let urgency: String =
      left < 0
      ? ": late" : left <= 3 ? ": hurry" : left * 2 <= days ? ": half is over" : ""
    return "report of \(reported), file to be locked by \(deadline) (\(days) days), "
      + (left < 0 ? "\(-left) days ago" : "\(left) days left") + urgency
  }
}
