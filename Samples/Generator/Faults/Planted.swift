/// Something odd in the faulty set: a fault that a code must name, or a near-miss that none may.
struct Planted {
  /// `F01` for a fault, `N01` for a near-miss.
  var id: String
  /// Records and rows concerned, all in one table.
  var handles: [String]
  /// The field concerned, if it is one.
  var field: String?
  var fault: String
  /// The code that must fire; `none` for a near-miss.
  var code: String
  /// What a test must report as effect on the KPI: thousandths of its unit, a whole number with so
  /// many decimals, or a word.
  var effect: Effect
  /// What was really changed: added to the recorded figure, it gives the printed one.
  var truth = 0
  /// A second code that must fire because of the same change.
  var also = ""
  var note = ""
  /// The figure that the test belongs to, and its unit.
  var kpi = "water-consumption"
  var unit = "t"
  /// Decimals of that unit in which ``truth`` is kept.
  var scale = 3

  enum Effect {
    case amount(Int)
    case scaled(Int, Int)
    case unquantified, none

    var text: String {
      switch self {
      case .amount(let milli): Amount.text(milli)
      case .scaled(let number, let scale): Amount.text(number, scale: scale)
      case .unquantified: "unquantified"
      case .none: "none"
      }
    }
  }
}

/// The list of what was planted, as delimited text.
enum PlantedList {
  static func text(_ planted: [Planted], in delivery: Delivery) -> String {
    var lines = [
      "# " + Notice.text,
      "id,file,table,place,fault,code,kpi,effect,note,truth,also",
    ]
    for item in planted {
      let places = item.handles.compactMap { delivery.places[$0] }
      precondition(places.count == item.handles.count, "no place for \(item.handles)")
      let fields = [
        item.id, places[0].file, places[0].table,
        places.map { $0.text(item.field) }.joined(separator: " "), item.fault, item.code,
        "water-consumption", item.effect.text, item.note, Amount.text(item.truth), item.also,
      ]
      lines.append(fields.map(Delimited.quoted).joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
