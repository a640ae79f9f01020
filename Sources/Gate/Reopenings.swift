internal import Checklist
internal import Evidence

/// Occasions that were reported: what was decided and seen before them does not count any more.
struct Reopenings {
  /// One report of an occasion.
  struct Report {
    var entry: Entry
    var occasion: String
    var reason: String

    /// For the explanation of what it reopens.
    var words: String {
      "\(entry.record.by.name) reported \(occasion) on \(entry.record.at.date): \(reason)"
    }
  }

  private var byPoint: [String: [Report]] = [:]

  init(_ evidence: Evidence, _ checklist: Checklist) {
    for entry in evidence.entries {
      guard case .reopen(let reopen) = entry.record.body, let name = reopen.occasion else {
        continue
      }
      let report = Report(entry: entry, occasion: name, reason: reopen.reason)
      for point in Self.points(of: name, in: checklist) {
        byPoint[point, default: []].append(report)
      }
    }
  }

  /// The reports that concern a point, in the evidence's order.
  func reports(on point: String) -> [Report] { byPoint[point] ?? [] }

  /// The points that an occasion concerns; all, facts too, where it names no control or is not
  /// known any more.
  private static func points(of name: String, in checklist: Checklist) -> [String] {
    let numbers = checklist.occasions.first { $0.id == name }?.controls ?? []
    let controls =
      numbers.isEmpty
      ? checklist.walk.flatMap(\.controls)
      : checklist.controls.filter { numbers.contains($0.number) }
    return controls.flatMap(\.points).map(\.id)
  }
}
