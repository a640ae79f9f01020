internal import Checklist
internal import Gate
internal import Session

/// The board for pipes and for programs.
enum BoardText {
  /// Some lines for each launch, worst first.
  static func lines(_ rows: [BoardRow]) -> String { rows.map(text).joined(separator: "\n") }

  private static func text(_ row: BoardRow) -> String {
    switch row.outcome {
    case .damaged(let reason, let hint), .unreadable(let reason, let hint):
      let lines = ["\(row.word)  \(row.file)", "  \(reason)", hint.map { "  -> \($0)" }]
      return lines.compactMap(\.self).joined(separator: "\n")
    case .judged(let entry): return text(entry, row.file)
    }
  }

  private static func text(_ entry: BoardEntry, _ file: String) -> String {
    var lines = [
      "\(entry.verdict.rawValue)  \(entry.subject) \(entry.release) -> \(entry.environment)  "
        + "\(entry.settled)/\(entry.points) settled  \(file)"
    ]
    for blocker in entry.blockers.prefix(3) {
      let place = blocker.point.map { "\($0) " } ?? ""
      lines.append("  \(blocker.state.rawValue) \(place)\(blocker.reason)")
    }
    if entry.blockers.count > 3 { lines.append("  and \(entry.blockers.count - 3) more") }
    if !entry.waitsFor.isEmpty {
      let who = entry.waitsFor.map { "\($0.who) (\($0.points))" }
      lines.append("  waits for: \(who.joined(separator: ", "))")
    }
    if let expires = entry.expires {
      lines.append(
        "  expires next: \(expires.rfc3339) \(entry.expiring.prefix(12).joined(separator: " "))")
    }
    return lines.joined(separator: "\n")
  }

  /// One launch as a member of the JSON document.
  static func value(_ row: BoardRow) -> JSONValue {
    var members: [String: JSONValue] = [
      "file": .string(row.file), "status": .string(row.word),
    ]
    switch row.outcome {
    case .damaged(let reason, let hint), .unreadable(let reason, let hint):
      members["reason"] = .string(reason)
      members["hint"] = hint.map(JSONValue.string)
    case .judged(let entry): members.merge(value(entry)) { first, _ in first }
    }
    return .object(members)
  }

  private static func value(_ entry: BoardEntry) -> [String: JSONValue] {
    [
      "verdict": .string(entry.verdict.rawValue), "at": .string(entry.at.rfc3339),
      "subject": .string(entry.subject), "release": .string(entry.release),
      "environment": .string(entry.environment), "sealed": .bool(entry.isSealed),
      "points": .integer(entry.points), "settled": .integer(entry.settled),
      "counts": .object(
        Dictionary(
          State.allCases.map { ($0.rawValue, .integer(entry.counts[$0] ?? 0)) },
          uniquingKeysWith: { first, _ in first })),
      "blockers": .array(entry.blockers.map(blocker)),
      "waits-for": .array(
        entry.waitsFor.map {
          .object(["who": .string($0.who), "points": .integer($0.points)])
        }),
      "expiring": .strings(entry.expiring),
    ].adding("expires", entry.expires.map { .string($0.rfc3339) })
  }

  private static func blocker(_ blocker: Blocker) -> JSONValue {
    .object(
      ["state": .string(blocker.state.rawValue), "reason": .string(blocker.reason)]
        .adding("point", blocker.point.map(JSONValue.string))
        .adding("way-out", blocker.wayOut.map(JSONValue.string)))
  }
}
